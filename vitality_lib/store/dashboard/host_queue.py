"""The queue for other people's servers: who waits for whom, and why, by the rules of `take_turn` in the schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vitality_lib.store.database import Connection

_MOST = 2_000


@dataclass(frozen=True)
class Turn:
    """A request that is in flight (`taken_at`) or waits; `keys` is what its host shares with others, as in `turns`."""

    host: str
    ticket: int
    keys: tuple[str, ...]
    ready_at: datetime
    asked_at: datetime
    taken_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True)
class FullKey:
    """A shared key that has no room: its hosts in flight."""

    key: str
    holders: tuple[str, ...]


@dataclass(frozen=True)
class HostLine:
    """One host: since when a request to it is in flight, how many wait and the first of them since when, and why that
    one waits: the host is busy, rests until a moment, keys are full, or it will go when it next asks (none of these).
    """

    host: str
    flying_since: datetime | None
    waiting: int
    waiting_since: datetime | None
    resting_until: datetime | None = None
    full: tuple[FullKey, ...] = field(default=())


async def turns(connection: Connection) -> tuple[Turn, ...]:
    """The requests in flight and in wait now, in the order of their arrival; those that fell silent are left out."""
    rows = await connection.execute(_TURNS, [_MOST])
    return tuple([Turn(row[0], row[1], tuple(row[2]), *row[3:]) async for row in rows])


def explain(turns: Sequence[Turn], at: datetime, most: int) -> tuple[HostLine, ...]:
    """One line for each host, those who wait longest first; `most` hosts may be in flight per shared key."""
    hosts: dict[str, list[Turn]] = defaultdict(list)
    flying: dict[str, set[str]] = defaultdict(set)
    for turn in turns:
        hosts[turn.host].append(turn)
        if turn.taken_at:
            for key in turn.keys:
                flying[key].add(turn.host)
    lines = [_line(host, own, flying, at, most) for host, own in hosts.items()]
    return tuple(sorted(lines, key=lambda line: (line.waiting_since or at, line.flying_since or at, line.host)))


def _line(host: str, own: Sequence[Turn], flying: dict[str, set[str]], at: datetime, most: int) -> HostLine:
    held = min((turn.taken_at for turn in own if turn.taken_at), default=None)
    waiting = [turn for turn in own if not turn.taken_at]
    since = min((turn.asked_at for turn in waiting), default=None)
    if not waiting or held:
        return HostLine(host, held, len(waiting), since)
    first = min(waiting, key=lambda turn: turn.ticket)
    free_at = max(first.ready_at, first.next_at or first.ready_at)
    if free_at > at:
        return HostLine(host, None, len(waiting), since, resting_until=free_at)
    others = {key: flying[key] - {host} for key in first.keys}
    full = tuple(FullKey(key, tuple(sorted(there))) for key, there in others.items() if len(there) >= most)
    return HostLine(host, None, len(waiting), since, full=full)


_TURNS = """
SELECT host, ticket, turns.keys, ready_at, asked_at, taken_at, CASE WHEN isfinite(next_at) THEN next_at END
FROM turns JOIN hosts USING (host) WHERE lapses_at > clock_timestamp() ORDER BY ticket LIMIT %s
"""
