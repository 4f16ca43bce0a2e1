"""The dioceses: publishing the list, finding them by name, and which are due for a stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from vitality_lib.models import Diocese, Stage
from vitality_lib.store.changes import Changes, alone, clean, jsonb
from vitality_lib.store.database import Connection
from vitality_lib.store.errors import UnknownDiocese

_COLUMNS = "id, name, street, city, state, zip, website"

_DUE = {
    Stage.DISCOVERY: """NOT EXISTS (
    SELECT FROM visits WHERE visits.stage = %(stage)s AND unit_kind = 'diocese' AND unit_id = dioceses.id
    AND due_at > %(now)s)""",
    # A directory that was found or moved since the last visit is due at once.
    Stage.EXTRACTION: """EXISTS (
    SELECT FROM directories
    LEFT JOIN visits ON visits.stage = %(stage)s AND unit_kind = 'diocese' AND unit_id = diocese_id
    WHERE diocese_id = dioceses.id AND (due_at IS NULL OR due_at <= %(now)s OR visited_at < directories.changed_at))""",
    # One whose parishes were visited since its own row was written lost its worker in between: the row is still owed.
    Stage.SCHEDULE: """EXISTS (
    SELECT FROM parishes
    LEFT JOIN visits AS own ON own.stage = %(stage)s AND own.unit_kind = 'parish' AND own.unit_id = parishes.id
    LEFT JOIN visits AS whole ON whole.stage = %(stage)s AND whole.unit_kind = 'diocese' AND whole.unit_id = diocese_id
    WHERE diocese_id = dioceses.id AND gone_at IS NULL
    AND (own.due_at IS NULL OR own.due_at <= %(now)s OR whole.visited_at IS NULL
        OR whole.visited_at < own.visited_at))""",
}
_POSSIBLE = {
    Stage.DISCOVERY: "true",
    Stage.EXTRACTION: "EXISTS (SELECT FROM directories WHERE diocese_id = dioceses.id)",
    Stage.SCHEDULE: "EXISTS (SELECT FROM parishes WHERE diocese_id = dioceses.id AND gone_at IS NULL)",
}


@dataclass(frozen=True)
class KnownDiocese:
    """A diocese as it is published, with its stable id."""

    id: int
    diocese: Diocese

    @property
    def name(self) -> str:
        return self.diocese.name


async def publish(connection: Connection, dioceses: Sequence[Diocese], now: datetime) -> Changes:
    """Make the published list this one: insert the new, write the changed, take the missing off the list.

    The missing stay (`Changes.kept`) when they are more than max(3, 10 %) of the list: then the new list, not the
    Church, is what is broken. A diocese is the same when its name is. Writes nothing when nothing changed.
    """
    records = {clean(diocese.name): diocese.record() for diocese in reversed(dioceses)}
    parameters = {"dioceses": jsonb(reversed(records.values())), "names": list(records), "now": now}
    await alone(connection, "dioceses")
    row = await (await connection.execute(_PUBLISH, parameters)).fetchone()
    inserted, updated, revived = row or (0, 0, 0)
    missing, listed_now = await _missing(connection, list(records))
    if len(missing) > max(3, (listed_now - inserted - revived) // 10):
        return Changes(inserted, updated, revived, kept=len(missing))
    if missing:
        await connection.execute(
            "UPDATE dioceses SET listed = false, changed_at = %s WHERE id = ANY(%s)", [now, missing]
        )
    return Changes(inserted, updated, revived, gone=len(missing))


_PUBLISH = """
WITH given AS (
    SELECT *, row_number() OVER () AS place FROM jsonb_to_recordset(%(dioceses)s)
        AS d (name text, street text, city text, state text, zip text, website text)
), changed AS (
    SELECT given.*, old.id IS NULL AS new, old.listed IS FALSE AS unlisted
    FROM given LEFT JOIN dioceses old USING (name)
    WHERE old.id IS NULL OR (old.street, old.city, old.state, old.zip, old.website, old.listed)
        IS DISTINCT FROM (given.street, given.city, given.state, given.zip, given.website, true)
), written AS (
    INSERT INTO dioceses (name, street, city, state, zip, website, first_seen, changed_at)
    SELECT name, street, city, state, zip, website, %(now)s, %(now)s FROM changed ORDER BY place
    ON CONFLICT (name) DO UPDATE SET street = EXCLUDED.street, city = EXCLUDED.city, state = EXCLUDED.state,
        zip = EXCLUDED.zip, website = EXCLUDED.website, listed = true, changed_at = EXCLUDED.changed_at
)
SELECT count(*) FILTER (WHERE new), count(*) FILTER (WHERE NOT new AND NOT unlisted), count(*) FILTER (WHERE unlisted)
FROM changed
"""


async def _missing(connection: Connection, names: list[str]) -> tuple[list[int], int]:
    """Ids of listed dioceses that are not among `names`, and how many are listed."""
    rows = await (await connection.execute("SELECT id, name FROM dioceses WHERE listed")).fetchall()
    given = set(names)
    return [id_ for id_, name in rows if name not in given], len(rows)


async def listed(connection: Connection) -> tuple[KnownDiocese, ...]:
    """All dioceses of the newest list, in its order of first appearance."""
    rows = await connection.execute(f"SELECT {_COLUMNS} FROM dioceses WHERE listed ORDER BY id")  # noqa: S608
    return tuple([_known(row) async for row in rows])


async def named(connection: Connection, names: Sequence[str]) -> tuple[KnownDiocese, ...]:
    """The dioceses of these names, letter case and surrounding space aside, in the order asked for.

    Raises UnknownDiocese with the closest names there are.
    """
    known = {one.name.casefold(): one for one in await listed(connection)}
    wanted = [name.strip().casefold() for name in names]
    unknown = [name for name, key in zip(names, wanted, strict=True) if key not in known]
    if unknown:
        raise UnknownDiocese("; ".join(_no_such(name, known) for name in unknown))
    return tuple(known[key] for key in dict.fromkeys(wanted))


def _no_such(name: str, known: dict[str, KnownDiocese]) -> str:
    if not known:
        return f"there is no diocese {name!r}: the list of dioceses is empty; run the discovery stage first"
    word = name.strip().casefold()
    near = get_close_matches(word, known, n=3, cutoff=0.5) or [key for key in known if word and word in key][:3]
    hint = "did you mean " + " or ".join(repr(known[key].name) for key in near) if near else "see `vitality status`"
    return f"there is no diocese {name!r}: {hint}?"


async def due(
    connection: Connection,
    stage: Stage,
    now: datetime,
    *,
    names: Sequence[str] = (),
    at_most: int = 0,
    force: bool = False,
) -> tuple[KnownDiocese, ...]:
    """The listed dioceses that a stage should visit now, those waiting longest first.

    Discovery: its directory was never looked for, or is to be looked for again. Extraction: it has a directory that is
    due, or has changed. Schedule: it has a due parish, or its own row is owed. `names` and `at_most` (0: no limit)
    choose among all listed dioceses, the same for every stage, before asking what is due; `force` takes what is not
    due, too.
    Raises UnknownDiocese.
    """
    chosen = await named(connection, names) if names else await listed(connection)
    chosen = chosen[:at_most] if at_most else chosen
    condition = _POSSIBLE[stage] if force else _DUE[stage]
    rows = await connection.execute(
        f"""SELECT {_COLUMNS} FROM dioceses WHERE id = ANY(%(ids)s) AND {condition}
        ORDER BY (SELECT due_at FROM visits WHERE visits.stage = %(stage)s AND unit_kind = 'diocese'
            AND unit_id = dioceses.id) NULLS FIRST, id""",  # noqa: S608 - the pieces are constants above
        {"ids": [one.id for one in chosen], "stage": stage.value, "now": now},
    )
    return tuple([_known(row) async for row in rows])


async def is_due(connection: Connection, stage: Stage, diocese_id: int, now: datetime, *, force: bool) -> bool:
    """Whether `due` would still name this diocese."""
    row = await (
        await connection.execute(
            f"SELECT 1 FROM dioceses WHERE id = %(id)s AND listed AND {(_POSSIBLE if force else _DUE)[stage]}",  # noqa: S608
            {"id": diocese_id, "stage": stage.value, "now": now},
        )
    ).fetchone()
    return row is not None


def _known(row: tuple[int, str, str | None, str | None, str | None, str | None, str | None]) -> KnownDiocese:
    return KnownDiocese(row[0], Diocese(*row[1:]))
