"""Whose turn it is: politeness counted over the whole fleet, by the database's clock.

The rules stand in the function `take_turn` of the schema: one request in flight per host, a rest after each, few in
flight per registrable domain, network and hosting platform, first come first served; a crashed holder's turn lapses;
after the pause of an open breaker one request goes out as the probe, and the others are told so.

Each call is one statement. `at` is the moment that it takes for now; None: the moment at which it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class Ask:
    """A request that wants its turn. `holder` is its random id, the same each time it asks.

    `keys` is what the host shares with others, at most `most` of which may be in flight per key; `gap` the least
    seconds between two requests to the host; after `lease` seconds in flight the holder is taken for dead.
    """

    holder: UUID
    host: str
    keys: tuple[str, ...]
    gap: float
    lease: float
    most: int


@dataclass(frozen=True)
class Turn:
    """The turn was taken: one request may go out now. `failures` is how many in a row the host has seen; `most`: see
    `Ask`.
    """

    holder: UUID
    host: str
    failures: int
    most: int


@dataclass(frozen=True)
class Wait:
    """Not yet: ask again after so many seconds, the place in the queue is kept.

    `crowded`: the host itself is ready, but what it shares with others is not free.
    """

    seconds: float
    crowded: bool = False


@dataclass(frozen=True)
class Shut:
    """The host's breaker is open for so many seconds more; `reason` is that of the failure that opened it.

    With 0 seconds it is half-open: another request is the probe, and has not ended yet.
    """

    seconds: float
    reason: str


@dataclass(frozen=True)
class Rest:
    """What a host is owed after a response: seconds of rest, and the state of its breaker.

    `took` is how long it took, in seconds. Where nothing was `learnt`, because the request was interrupted, breaker and
    failures stay as they were.
    """

    seconds: float
    failures: int = 0
    shut_seconds: float = 0.0
    shut_reason: str = ""
    took: float = 0.0
    learnt: bool = True


async def take(connection: Connection, ask: Ask, at: datetime | None = None) -> Turn | Wait | Shut:
    """Take the turn, or learn how long to wait."""
    cursor = await connection.execute(
        "SELECT verdict, seconds, host_failures, shut_reason FROM take_turn(%s, %s, %s, %s, %s, %s, %s)",
        (ask.holder, ask.host, list(ask.keys), ask.gap, ask.lease, ask.most, at),
    )
    row = await cursor.fetchone()
    assert row is not None
    verdict, seconds, failures, reason = row
    if verdict == "taken":
        return Turn(ask.holder, ask.host, failures, ask.most)
    if verdict == "shut":
        return Shut(seconds, reason or "")
    return Wait(seconds, crowded=verdict == "queue")


async def give_back(connection: Connection, turn: Turn, rest: Rest, at: datetime | None = None) -> None:
    """End a turn: the response has ended now. Also good after the turn has lapsed: the host was asked all the same.

    Who waits for what becomes free by it is called: see `turn_calls`.
    """
    await connection.execute(
        """
        WITH mine AS (DELETE FROM turns WHERE holder = %(holder)s RETURNING keys),
        now AS (SELECT coalesce(%(at)s, clock_timestamp()) AS moment)
        UPDATE hosts SET
            ended_at = moment,
            next_at = greatest(next_at, moment + make_interval(secs => %(seconds)s)),
            requests = requests + 1,
            failures = CASE WHEN %(learnt)s THEN %(failures)s ELSE failures END,
            open_until = CASE WHEN NOT %(learnt)s THEN open_until
                WHEN %(shut)s > 0 THEN moment + make_interval(secs => %(shut)s) ELSE '-infinity' END,
            open_reason = CASE WHEN %(learnt)s THEN nullif(%(reason)s, '') ELSE open_reason END,
            answer_seconds = CASE WHEN NOT %(learnt)s THEN answer_seconds
                WHEN requests = 0 THEN %(took)s ELSE (3 * answer_seconds + %(took)s) / 4 END
        FROM now WHERE host = %(host)s
        RETURNING call_next((SELECT keys FROM mine), host, %(most)s, moment)
        """,
        {
            "holder": turn.holder,
            "host": turn.host,
            "most": turn.most,
            "at": at,
            "seconds": rest.seconds,
            "failures": rest.failures,
            "shut": rest.shut_seconds,
            "reason": rest.shut_reason,
            "took": rest.took,
            "learnt": rest.learnt,
        },
    )


async def shared(connection: Connection, hosts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What each of these hosts shared with others when it was last asked: see `Ask.keys`. Unknown ones are left out."""
    rows = await connection.execute("SELECT host, keys FROM hosts WHERE host = ANY(%s)", (list(hosts),))
    return {host: tuple(keys) async for host, keys in rows}


async def leave(connection: Connection, holder: UUID) -> None:
    """Leave the queue without a request."""
    await connection.execute("DELETE FROM turns WHERE holder = %s", (holder,))
