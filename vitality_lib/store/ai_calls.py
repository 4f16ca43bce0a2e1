"""The ledger of questions to the model: what was answered before, and how many were asked today by all workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb

from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection

_LOCK = 7_013_051_963  # any number that nobody else locks on in this database


@dataclass(frozen=True)
class Known:
    """What was answered before."""

    answer: Any


@dataclass(frozen=True)
class Begun:
    """The call is counted: it may be made."""

    id: int


async def begin(
    connection: Connection, hash: str, *, purpose: str, model: str, now: datetime, budget: int
) -> Known | Begun | None:
    """The answer when it is known; else a call, counted before it is made; None when the day's budget is spent.

    The day is that of UTC. One transaction at a time counts, whoever asks.
    """
    found = await connection.execute(
        "SELECT answer FROM ai_calls WHERE hash = %s AND state = 'answered' ORDER BY asked_at DESC LIMIT 1", [hash]
    )
    if row := await found.fetchone():
        return Known(row[0])
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begun = await connection.execute(
        """INSERT INTO ai_calls (hash, purpose, model, asked_at, state) SELECT %s, %s, %s, %s, 'asked'
        WHERE (SELECT count(*) FROM ai_calls WHERE asked_at >= %s) < %s RETURNING id""",
        [hash, purpose, model, now, midnight, budget],
    )
    made = await begun.fetchone()
    return Begun(made[0]) if made else None


async def answered(connection: Connection, call: int, answer: Any, tokens: int | None) -> None:
    """Keep the answer of a call."""
    await connection.execute(
        "UPDATE ai_calls SET state = 'answered', answer = %s, tokens = %s WHERE id = %s",
        [Jsonb(answer), tokens, call],
    )


async def failed(connection: Connection, call: int, why: str) -> None:
    """Note that a call gave no answer. It stays counted, and may be made again."""
    await connection.execute("UPDATE ai_calls SET state = 'failed', detail = %s WHERE id = %s", [clean(why), call])
