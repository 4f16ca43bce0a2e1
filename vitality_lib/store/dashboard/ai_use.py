"""What was asked of the model, what it cost in tokens, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vitality_lib.store.database import Connection

DAYS = 30
_MOST = 50


@dataclass(frozen=True)
class DayOfCalls:
    """The calls of one UTC day for one purpose. `unanswered`: counted, and neither answered nor failed (a worker died
    over it, or it is under way). `tokens` are of question and answer together, where the service told them.
    """

    day: datetime
    purpose: str
    model: str
    answered: int
    failed: int
    unanswered: int
    tokens: int

    @property
    def calls(self) -> int:
        return self.answered + self.failed + self.unanswered


@dataclass(frozen=True)
class FailedCall:
    asked_at: datetime
    purpose: str
    model: str
    detail: str | None


def midnight(at: datetime) -> datetime:
    """When the UTC day of `at` began: the budget is one of such days."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


async def days(connection: Connection, at: datetime) -> tuple[DayOfCalls, ...]:
    """The calls of the last 30 days by day and purpose, the newest day first."""
    rows = await connection.execute(_DAYS, [midnight(at) - timedelta(days=DAYS - 1)])
    return tuple([DayOfCalls(*row) async for row in rows])


async def failures(connection: Connection) -> tuple[FailedCall, ...]:
    """The newest 50 calls that gave no answer."""
    rows = await connection.execute(_FAILURES, [_MOST])
    return tuple([FailedCall(*row) async for row in rows])


_DAYS = """
SELECT date_trunc('day', asked_at, 'UTC') AS day, purpose, model, count(*) FILTER (WHERE state = 'answered'),
    count(*) FILTER (WHERE state = 'failed'), count(*) FILTER (WHERE state = 'asked'), coalesce(sum(tokens), 0)::bigint
FROM ai_calls WHERE asked_at >= %s GROUP BY day, purpose, model ORDER BY day DESC, purpose, model
"""
_FAILURES = """
SELECT asked_at, purpose, model, detail FROM ai_calls WHERE state = 'failed' ORDER BY asked_at DESC LIMIT %s
"""
