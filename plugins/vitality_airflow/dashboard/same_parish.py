"""Which of the parishes that would come are, to a person's eye, some of those that would go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from vitality_lib.hyperlinks import host
from vitality_lib.models import ParishEntry
from vitality_lib.store.dashboard.held_reading import HeldReading

_Sign = Callable[[ParishEntry], Hashable]
_LABELS = {
    "zip": "ZIP", "website": "website", "detail_url": "page at the diocese", "closed_on": "closed on", "email": "e-mail"
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One parish as it is published and as it would be."""

    before: ParishEntry
    after: ParishEntry

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """What differs: the field's name for a person, the value before and the value after."""
        both = (
            (one.name, getattr(self.before, one.name), getattr(self.after, one.name)) for one in fields(ParishEntry)
        )
        return tuple((_LABELS.get(name, name), _text(old), _text(new)) for name, old, new in both if old != new)


@dataclass(frozen=True)
class Comparison:
    """What would come and go; `moved` are those that are the same under another name or at another address, `changed`
    those that stay with other details.
    """

    moved: tuple[Pair, ...]
    coming: tuple[ParishEntry, ...]
    going: tuple[ParishEntry, ...]
    changed: tuple[Pair, ...] = ()


def compare(held: HeldReading) -> Comparison:
    """The held reading beside what is published, as a person sees it."""
    found = paired(held.coming, held.going)
    return replace(found, changed=tuple(Pair(one.before, one.after) for one in held.changed))


def paired(coming: Sequence[ParishEntry], going: Sequence[ParishEntry]) -> Comparison:
    """Pair those with the same website, else street and town, else telephone, else name, where no other has it too."""
    moved: list[Pair] = []
    for sign in (_website, _street, _phone, _name):
        new, old = _alone(coming, sign), _alone(going, sign)
        found = [Pair(old[key], new[key]) for key in old if key in new]
        moved += found
        taken = {id(one) for pair in found for one in (pair.before, pair.after)}
        coming, going = ([one for one in those if id(one) not in taken] for those in (coming, going))
    return Comparison(tuple(sorted(moved, key=lambda pair: pair.before.name)), tuple(coming), tuple(going))


def _alone(entries: Iterable[ParishEntry], sign: _Sign) -> dict[Hashable, ParishEntry]:
    signs = [(sign(entry), entry) for entry in entries]
    often = Counter(key for key, _ in signs)
    return {key: entry for key, entry in signs if key and often[key] == 1}


def _website(entry: ParishEntry) -> Hashable:
    return host(entry.website or "")


def _street(entry: ParishEntry) -> Hashable:
    return (entry.street.casefold(), (entry.city or "").casefold()) if entry.street else None


def _phone(entry: ParishEntry) -> Hashable:
    return entry.phone


def _name(entry: ParishEntry) -> Hashable:
    return entry.name.casefold()


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
