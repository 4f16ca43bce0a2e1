"""The change feed of schedules, for one parish, one diocese or all: as a table, as JSON, as an Atom feed."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from rich.table import Table

from vitality_lib.decisions.refused import Refused
from vitality_lib.harmless import json_text
from vitality_lib.reports.atom import Feed, atom
from vitality_lib.reports.schedule_changes import ScheduleChange, changes
from vitality_lib.store import dioceses, parish_search, service_history
from vitality_lib.store.database import Connection
from vitality_lib.terminal import console

_DAYS = re.compile(r"(\d{1,5})d")
_STDOUT = Path("-")


@dataclass(frozen=True)
class Asked:
    """Which changes: of one parish (id or name), of one diocese, or (both empty) of all; `since` a date or `7d`."""

    diocese: str = ""
    parish: str = ""
    since: str = "7d"


@dataclass(frozen=True)
class Told:
    """The changes since a moment, the newest first. `first_read` is how many parishes were read for the first time
    since, whose services are no changes; `subject` says whose changes they are.
    """

    subject: str
    scope: str
    since: datetime
    found: tuple[ScheduleChange, ...]
    first_read: int


async def changes_of(connection: Connection, asked: Asked, now: datetime) -> Told:
    """The changes asked for. Raises Refused, UnknownDiocese, UnknownParish, AmbiguousParish."""
    since = moment(asked.since, now)
    diocese_id = parish_id = None
    subject, scope = "all parishes", "all"
    if asked.parish:
        parish = await parish_search.the_one(connection, asked.parish)
        parish_id, subject = parish.id, f"{parish.entry.name} ({parish.diocese})"
        scope = f"parish/{parish.diocese}/{parish.id}"
    elif asked.diocese:
        (diocese,) = await dioceses.named(connection, [asked.diocese])
        diocese_id, subject, scope = diocese.id, diocese.name, f"diocese/{diocese.name}"
    versions = await service_history.moved(connection, since, parish_id=parish_id, diocese_id=diocese_id)
    first = {one.parish_id for one in versions if one.first and one.valid_from > since}
    return Told(subject, scope, since, changes(versions, since), len(first))


def moment(since: str, now: datetime) -> datetime:
    """The beginning (UTC) of a day `YYYY-MM-DD`, or so many days before now (`7d`). Raises Refused."""
    days = _DAYS.fullmatch(since)
    try:
        return now - timedelta(days=int(days[1])) if days else datetime.combine(date.fromisoformat(since), time(), UTC)
    except (ValueError, OverflowError):
        raise Refused(f"{since!r} is no date; write it YYYY-MM-DD, or 7d for the last seven days") from None


def show(told: Told) -> None:
    """Print the changes as a table."""
    table = Table("when", "diocese", "parish", "church", "change", title=f"changes of schedules: {told.subject}")
    for one in told.found:
        table.add_row(*_row(one))
    out = console()
    out.print(table if told.found else f"No schedule of {told.subject} changed since {told.since:%Y-%m-%d %H:%M}.")
    if told.first_read:
        out.print(f"{told.first_read} parishes were read for the first time; what they had is no change.")


def _row(one: ScheduleChange) -> Sequence[str]:
    return (f"{one.at:%Y-%m-%d %H:%M}", one.diocese, f"{one.parish} ({one.parish_id})", one.church or "", one.words)


def show_json(told: Told) -> None:
    """Print the changes as one JSON object."""
    since = told.since.astimezone(UTC).isoformat(timespec="seconds")
    found = [one.record() for one in told.found]
    text = json_text({"since": since, "first_read": told.first_read, "changes": found})
    print(text)  # noqa: T201 - the product of the command


def write_atom(told: Told, path: Path) -> None:
    """Write the changes as an Atom feed; `-` is standard output. The file takes its place when it is whole."""
    text = atom(Feed(told.scope, f"Changes of schedules: {told.subject}", told.since, told.found))
    if path == _STDOUT:
        sys.stdout.buffer.write(text)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(text)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
