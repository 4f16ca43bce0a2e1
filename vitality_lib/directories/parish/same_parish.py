"""Which parish of the last reading each row is: a parish keeps its identity when its name or its address changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence

from vitality_lib.directories.parish.names import identity, plain_name, plain_street
from vitality_lib.hyperlinks import host
from vitality_lib.models import ParishEntry

Key = Callable[[ParishEntry], Hashable | None]


def identities(known: Mapping[str, ParishEntry], entries: Sequence[ParishEntry]) -> list[str]:
    """The identity of each row: that of the known parish it is, else one of its own; no two rows share one.

    `known` are the parishes by identity. A row is a known parish when its identity is the same; else when it is the
    only row, and that the only known parish left, with the same street and town (a parish renamed), the same name and
    town (a street corrected), or the same website (a parish that moved).
    """
    own = [_its_own(entry, number, entries) for number, entry in enumerate(entries)]
    found: dict[int, str] = {number: key for number, key in enumerate(own) if key in known}
    for key in (_street, _name_and_town, _website):
        taken = set(found.values())
        left = {name: entry for name, entry in known.items() if name not in taken}
        open_rows = {number: entry for number, entry in enumerate(entries) if number not in found}
        found |= _pairs(left, open_rows, key)
    return [found.get(number, own[number]) for number in range(len(entries))]


def _its_own(entry: ParishEntry, number: int, entries: Sequence[ParishEntry]) -> str:
    """A row's own identity; of two that are alike (kept as two for their websites) the later has its website in it."""
    key = identity(entry)
    again = any(identity(other) == key for other in entries[:number])
    return f"{key}|{host(entry.website or '')}" if again else key


def _pairs(left: Mapping[str, ParishEntry], rows: Mapping[int, ParishEntry], key: Key) -> dict[int, str]:
    """Row to known parish, where a key is had by one of each and no more."""
    of_known = {name: value for name, entry in left.items() if (value := key(entry)) is not None}
    of_rows = {number: value for number, entry in rows.items() if (value := key(entry)) is not None}
    known_times, row_times = Counter(of_known.values()), Counter(of_rows.values())
    only = {value: name for name, value in of_known.items() if known_times[value] == 1}
    return {number: only[value] for number, value in of_rows.items() if row_times[value] == 1 and value in only}


def _street(entry: ParishEntry) -> Hashable | None:
    street = plain_street(entry.street)
    return (street, (entry.city or "").casefold()) if street else None


def _name_and_town(entry: ParishEntry) -> Hashable | None:
    return (plain_name(entry.name), (entry.city or "").casefold())


def _website(entry: ParishEntry) -> Hashable | None:
    return host(entry.website) or None if entry.website else None
