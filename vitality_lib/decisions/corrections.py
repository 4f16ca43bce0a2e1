"""What people correct in the schedules of parishes: added, changed, taken away, withdrawn, imported, listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from vitality_lib.calendar.english import say
from vitality_lib.calendar.understand import NotUnderstoodError, understand
from vitality_lib.decisions.given import csv_rows, expiry
from vitality_lib.decisions.printed import print_json
from vitality_lib.decisions.refused import Refused
from vitality_lib.models import Service, Standing
from vitality_lib.store import corrections, parish_search, services
from vitality_lib.store.corrections import KeptCorrection
from vitality_lib.store.database import Connection
from vitality_lib.store.parish_search import FoundParish
from vitality_lib.store.services import KnownService
from vitality_lib.terminal import console
from vitality_lib.units.publishing import publish_again

_COLUMNS = ("parish", "wrong", "right", "why", "by", "expires")
_STANDINGS = {
    Standing.WAITING: "not used yet",
    Standing.USED: "in use",
    Standing.NOT_NEEDED: "no longer needed: the site says the same",
    Standing.NO_MATCH: "without effect: the site says neither",
    Standing.ENDED: "ended",
}


@dataclass(frozen=True)
class Wanted:
    """A correction as a person words it, not yet checked: `wrong` and `right` in plain English, one may be empty.

    `parish` is an id or a name. `expires` is `YYYY-MM-DD` or empty: the first day without it.
    """

    parish: str
    wrong: str
    right: str
    why: str
    by: str
    expires: str = ""


async def correct(connection: Connection, wanted: Sequence[Wanted], now: datetime) -> None:
    """Take corrections, all of them or none, and publish what they change at once.

    Raises Refused, UnknownParish, AmbiguousParish.
    """
    lines = [await _correct(connection, one, now) for one in wanted]
    for line in lines:
        console().print(line)


async def _correct(connection: Connection, wanted: Wanted, now: datetime) -> str:
    parish = await parish_search.the_one(connection, wanted.parish)
    if not wanted.why.strip():
        raise Refused(f"{parish.entry.name}: say why, in one line")
    if not wanted.wrong.strip() and not wanted.right.strip():
        raise Refused(f"{parish.entry.name}: say what is wrong, or what is right, or both")
    published = await services.current(connection, parish.id)
    wrong = _published(parish, wanted.wrong, published) if wanted.wrong.strip() else None
    right = _understood(parish, wanted.right, published) if wanted.right.strip() else None
    expires = expiry(parish.entry.name, wanted.expires, now)
    number = await corrections.put(
        connection, parish.id, wrong=wrong, right=right, why=wanted.why.strip(), set_by=wanted.by, now=now,
        expires_at=expires,
    )  # fmt: skip
    await publish_again(connection, parish.id, now)
    return f"Correction {number} of {parish.entry.name} ({parish.diocese}): {_told(wrong, right)}."


def _published(parish: FoundParish, words: str, published: Sequence[KnownService]) -> Service:
    """The published service that is said to be wrong."""
    wanted = words.strip().casefold()
    found = [one.service for one in published if wanted in (one.words.casefold(), say(one.service).casefold())]
    if found:
        return found[0]
    known = "".join(f"\n  {one.words}" for one in published) or " nothing"
    raise Refused(f"{parish.entry.name}: {words.strip()!r} is not published. Published is:{known}")


def _understood(parish: FoundParish, words: str, published: Iterable[KnownService]) -> Service:
    """The service that should be published, and is not yet."""
    try:
        service = understand(words.strip())
    except NotUnderstoodError as error:
        raise Refused(f"{parish.entry.name}: {error}") from None
    if any(one.service.value == service.value for one in published):
        raise Refused(f"{parish.entry.name}: {words.strip()!r} is published already")
    return service


def _told(wrong: Service | None, right: Service | None) -> str:
    if wrong and right:
        return f"{say(wrong)!r} is now {say(right)!r}"
    return f"{say(right)!r} is added" if right else f"{say(wrong)!r} is taken away" if wrong else ""


async def withdraw(connection: Connection, number: int, now: datetime) -> None:
    """Take a correction back; what the pages say is published again at once. Raises NoSuchCorrection."""
    parish = await corrections.withdraw(connection, number, now)
    await publish_again(connection, parish, now)
    console().print(f"Correction {number} is withdrawn: what the parish's pages say counts again.")


def read_corrections(path: Path, by: str) -> list[Wanted]:
    """The corrections in a CSV file with the columns parish, wrong, right, why, and maybe by and expires.

    Where `wrong` is empty a service is added, where `right` is, one is taken away. Raises Refused.
    """
    rows = csv_rows(path, _COLUMNS, ("parish", "why"))
    return [
        Wanted(row["parish"], row["wrong"], row["right"], row["why"], row["by"] or by, row["expires"]) for row in rows
    ]


async def list_corrections(connection: Connection, parish: str, now: datetime, *, as_json: bool) -> None:
    """Print the corrections of one parish, or (`parish` empty) of all, past ones included."""
    one = await parish_search.the_one(connection, parish) if parish else None
    kept = await corrections.every(connection, parish_id=one.id if one else None)
    if as_json:
        print_json(record(correction, now) for correction in kept)
        return
    table = Table("no.", "parish", "correction", "why", "by", "since", "until", "standing", title="corrections")
    for row in _rows(kept, now):
        table.add_row(*row)
    console().print(table if kept else "Nobody has corrected a schedule.")


def _rows(kept: Iterable[KeptCorrection], now: datetime) -> Iterator[tuple[str, ...]]:
    for one in kept:
        what = _told(one.correction.wrong, one.correction.right)
        until = f"{one.expires_at:%Y-%m-%d}" if one.expires_at else ""
        parish = f"{one.parish} ({one.parish_id}, {one.diocese})"
        since = f"{one.set_at:%Y-%m-%d}"
        yield (str(one.correction.number), parish, what, one.why, one.set_by, since, until, standing(one, now))


def standing(one: KeptCorrection, now: datetime) -> str:
    """What a correction does, in words."""
    if one.withdrawn_at:
        return "withdrawn"
    return _STANDINGS[one.standing] if one.counts(now) else "expired"


def record(one: KeptCorrection, now: datetime) -> dict[str, Any]:
    """A correction as a flat record, its services in plain English."""
    wrong, right = one.correction.wrong, one.correction.right
    times = {name: getattr(one, name) for name in ("set_at", "expires_at", "withdrawn_at", "used_at")}
    return {
        "number": one.correction.number,
        "diocese": one.diocese,
        "parish_id": one.parish_id,
        "parish": one.parish,
        "wrong": say(wrong) if wrong else None,
        "right": say(right) if right else None,
        "why": one.why,
        "by": one.set_by,
        **{name: moment and moment.astimezone(UTC).isoformat(timespec="seconds") for name, moment in times.items()},
        "standing": one.standing.value,
        "in_force": one.counts(now),
        "told": standing(one, now),
    }
