"""Asking the checks: for each, how many rows it judged, how many fail, and a few of those by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.store.checks.check import Check
from vitality_lib.store.checks.words import NAMED, WORDS
from vitality_lib.store.database import Connection

_SAMPLES = 5


@dataclass(frozen=True)
class Judged:
    """`failing` of `whole` rows fail; `samples` are the first of them by id, each as the texts that name it."""

    check: Check
    failing: int
    whole: int
    samples: tuple[tuple[str, ...], ...]


async def ask(connection: Connection, check: Check, now: datetime) -> Judged:
    """One check, in one statement; a second names rows that fail. `now` is the time that is spoken of."""
    found = await connection.execute(
        f"""WITH {WORDS}, judged AS MATERIALIZED ({check.judged})
        SELECT count(*), count(*) FILTER (WHERE fails),
            ARRAY(SELECT id FROM judged WHERE fails GROUP BY id ORDER BY id LIMIT {_SAMPLES})
        FROM judged""".encode(),
        {"now": now},
    )
    row = await found.fetchone()
    assert row is not None
    whole, failing, ids = row
    return Judged(check, failing, whole, await _named(connection, check, ids) if ids else ())


async def _named(connection: Connection, check: Check, ids: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    rows = await connection.execute(NAMED[check.of].encode(), [list(ids)])
    return tuple([tuple(texts) async for _, texts in rows][:_SAMPLES])
