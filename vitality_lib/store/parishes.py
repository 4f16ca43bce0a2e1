"""The parishes of a diocese: publishing a directory's reading, and which parishes are due for a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from vitality_lib.models import ParishEntry, Status
from vitality_lib.store.changes import Changes, alone, clean, jsonb
from vitality_lib.store.database import Connection
from vitality_lib.store.ledger import UNFINISHED

_FACTS = tuple(field.name for field in fields(ParishEntry))
_FACT_LIST = ", ".join(_FACTS)
_TYPES = {"latitude": "float8", "longitude": "float8", "languages": "text[]", "churches": "text[]"}


@dataclass(frozen=True)
class ListedParish:
    """A parish as a directory lists it now: `identity` is what makes it the same over crawls, the rest says whence."""

    identity: str
    entry: ParishEntry
    page_hash: str | None = None
    page_url: str | None = None
    platform: str | None = None


@dataclass(frozen=True)
class KnownParish:
    """A published parish with its stable id."""

    id: int
    diocese_id: int
    identity: str
    entry: ParishEntry


async def publish(
    connection: Connection, diocese_id: int, parishes: Sequence[ListedParish], now: datetime, *, complete: bool = True
) -> Changes:
    """Make the published parishes of a diocese these: insert, write what changed, mark the missing as gone, revive.

    A parish is the same when its identity is; of two with one identity the first counts. Not `complete` (the reading
    was cut short on purpose): nothing is missing. Page and platform follow a change, but do not make one: a page may
    differ each time without a parish differing. Writes nothing when nothing changed.
    """
    records = {clean(one.identity): _record(one) for one in reversed(parishes)}
    parameters = {
        "diocese": diocese_id,
        "parishes": jsonb(reversed(records.values())),
        "identities": list(records),
        "now": now,
    }
    await alone(connection, "parishes", diocese_id)
    row = await (await connection.execute(_PUBLISH, parameters)).fetchone()
    inserted, updated, revived = row or (0, 0, 0)
    gone = (await connection.execute(_LET_GO, parameters)).rowcount if complete else 0
    return Changes(inserted, updated, revived, gone)


def _record(parish: ListedParish) -> dict[str, object]:
    provenance = {"page_hash": parish.page_hash, "page_url": parish.page_url, "platform": parish.platform}
    return {"identity": parish.identity, **parish.entry.record(), **provenance}


def _each(pattern: str, names: Sequence[str]) -> str:
    return ", ".join(pattern.format(name) for name in names)


_WRITTEN = ("identity", *_FACTS, "page_hash", "page_url", "platform")
_PUBLISH = f"""
WITH given AS (
    SELECT *, row_number() OVER () AS place FROM jsonb_to_recordset(%(parishes)s)
        AS parish ({", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _WRITTEN)})
), changed AS (
    SELECT given.*, old.id IS NULL AS new, old.gone_at IS NOT NULL AS gone
    FROM given LEFT JOIN parishes old ON old.diocese_id = %(diocese)s AND old.identity = given.identity
    WHERE old.id IS NULL OR old.gone_at IS NOT NULL
        OR ({_each("old.{}", _FACTS)}) IS DISTINCT FROM ({_each("given.{}", _FACTS)})
), written AS (
    INSERT INTO parishes (diocese_id, {", ".join(_WRITTEN)}, first_seen, changed_at)
    SELECT %(diocese)s, {", ".join(_WRITTEN)}, %(now)s, %(now)s FROM changed ORDER BY place
    ON CONFLICT (diocese_id, identity) DO UPDATE SET
        {_each("{0} = EXCLUDED.{0}", _WRITTEN[1:])}, changed_at = EXCLUDED.changed_at, gone_at = NULL
)
SELECT count(*) FILTER (WHERE new), count(*) FILTER (WHERE NOT new AND NOT gone), count(*) FILTER (WHERE gone)
FROM changed
"""  # noqa: S608 - column names come from the types

_LET_GO = """
UPDATE parishes SET gone_at = %(now)s, changed_at = %(now)s
WHERE diocese_id = %(diocese)s AND gone_at IS NULL AND identity <> ALL(%(identities)s)
"""


async def current(connection: Connection, diocese_id: int) -> tuple[KnownParish, ...]:
    """The published parishes of a diocese, in the order in which they were first published."""
    rows = await connection.execute(
        f"""SELECT id, diocese_id, identity, {_FACT_LIST} FROM parishes
        WHERE diocese_id = %s AND gone_at IS NULL ORDER BY id""",  # noqa: S608
        [diocese_id],
    )
    return tuple([KnownParish(id_, diocese, key, entry_of(facts)) async for id_, diocese, key, *facts in rows])


def entry_of(facts: Sequence[Any]) -> ParishEntry:
    """The record of a row whose columns are those of ParishEntry, in its order."""
    entry = ParishEntry(*facts)
    return replace(entry, languages=tuple(entry.languages), churches=tuple(entry.churches), status=Status(entry.status))


def entry_of_record(record: Mapping[str, Any]) -> ParishEntry:
    """The record that `ParishEntry.record` made; what an older one does not say is unknown."""
    known = {name: record[name] for name in _FACTS if record.get(name) is not None}
    return entry_of([known.get(field.name, field.default) for field in fields(ParishEntry)])


async def let_rest(connection: Connection, diocese_id: int, ended: Mapping[str, ParishEntry], now: datetime) -> None:
    """Note that parishes, by identity, are merged or closed as their directory says."""
    for identity, entry in ended.items():
        await connection.execute(
            """UPDATE parishes SET status = %(status)s, closed_on = %(on)s, changed_at = %(now)s
            WHERE diocese_id = %(diocese)s AND identity = %(identity)s
                AND (status, closed_on) IS DISTINCT FROM (%(status)s, %(on)s)""",
            {
                "diocese": diocese_id,
                "identity": clean(identity),
                "now": now,
                "status": entry.status.value,
                "on": entry.closed_on,
            },
        )


async def due(
    connection: Connection, diocese_id: int, now: datetime, *, at_most: int = 0, force: bool = False, run: str = ""
) -> tuple[KnownParish, ...]:
    """The parishes of a diocese that the schedule stage should visit now: never visited first, then the longest due.

    Parishes without a website are among them: that, too, is an outcome. `at_most` limits one run (0: no limit), so
    that a later run takes the next ones. `force` takes what is not due, too, except what `run` has finished already:
    a run that is tried again goes on where it stopped.
    """
    parishes = await current(connection, diocese_id)
    ids, unfinished = [parish.id for parish in parishes], [reason.value for reason in UNFINISHED]
    rows = await connection.execute(_VISITED, {"ids": ids, "run": run, "unfinished": unfinished})
    due_at: dict[int, datetime] = {}
    done: set[int] = set()
    async for unit, at, in_this_run in rows:
        due_at[unit] = at
        if in_this_run or (at > now and not force):
            done.add(unit)
    waiting = [parish for parish in parishes if parish.id not in done]
    waiting.sort(key=lambda parish: (parish.id in due_at, due_at.get(parish.id, now), parish.id))
    return tuple(waiting[:at_most] if at_most else waiting)


_VISITED = """
SELECT unit_id, due_at, EXISTS (
    SELECT FROM outcomes WHERE run = %(run)s AND outcomes.stage = 'schedule' AND outcomes.unit_kind = 'parish'
    AND outcomes.unit_id = visits.unit_id AND reason <> ALL(%(unfinished)s)
) FROM visits WHERE stage = 'schedule' AND unit_kind = 'parish' AND unit_id = ANY(%(ids)s)
"""
