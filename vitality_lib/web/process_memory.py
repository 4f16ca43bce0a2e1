"""What a door remembers where there is no database (`inspect`): the same rules, in this process alone, and no pages."""
# ruff: noqa: ARG002 - it keeps no pages

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vitality_lib.store.pages import Kept
from vitality_lib.store.robots import RobotsFile
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait


@dataclass
class _Host:
    ended_at: float = float("-inf")
    next_at: float = float("-inf")
    failures: int = 0
    open_until: float = float("-inf")
    open_reason: str = ""


@dataclass
class _Ticket:
    ask: Ask
    ready_at: float
    taken: bool = False


class ProcessMemory:
    """Remembered by this process alone, and only turns and robots.txt. Times are the event loop's, in seconds."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._tickets: dict[UUID, _Ticket] = {}  # in order of arrival
        self._robots: dict[str, tuple[float, RobotsFile]] = {}

    async def take(self, ask: Ask) -> Turn | Wait | Shut:
        """As `take_turn` in the schema, without lapsing: who dies here takes the whole memory along."""
        now = _now()
        host = self._hosts.setdefault(ask.host, _Host())
        if host.open_until > now:
            self._tickets.pop(ask.holder, None)
            return Shut(host.open_until - now, host.open_reason)
        mine = self._tickets.setdefault(ask.holder, _Ticket(ask, now))
        before = self._before(mine)
        held = any(ticket.taken and ticket.ask.host == ask.host for ticket in self._tickets.values())
        ahead = sum(ticket.ask.host == ask.host and not ticket.taken for ticket in before)
        mine.ready_at = max(host.next_at, host.ended_at + ask.gap, now + ask.gap if held else now)
        seconds = mine.ready_at - now + ahead * ask.gap
        if held or ahead or seconds > 0:
            return Wait(max(seconds, 0.02))
        crowd = max((self._crowd(key, before, now) for key in ask.keys), default=0)
        if crowd >= ask.most:
            return Wait(0.1 * (1 + crowd - ask.most))
        mine.taken = True
        return Turn(ask.holder, ask.host, host.failures)

    async def give_back(self, turn: Turn, rest: Rest) -> None:
        del self._tickets[turn.holder]
        now = _now()
        host = self._hosts[turn.host]
        host.ended_at = now
        host.next_at = max(host.next_at, now + rest.seconds)
        host.failures = rest.failures
        host.open_until = now + rest.shut_seconds
        host.open_reason = rest.shut_reason

    async def leave(self, holder: UUID) -> None:
        self._tickets.pop(holder, None)

    async def robots(self, origin: str) -> RobotsFile | None:
        good_until, file = self._robots.get(origin, (0.0, None))
        return file if good_until > _now() else None

    async def keep_robots(self, file: RobotsFile, good_seconds: float) -> None:
        self._robots[file.origin] = (_now() + good_seconds, file)

    async def claim_robots(self, origin: str, holder: UUID, seconds: float) -> bool:
        return True  # the reader itself asks for each file once at a time

    async def release_robots(self, origin: str, holder: UUID) -> None:
        return None

    async def page(self, key: str) -> Kept | None:
        return None

    async def body(self, body_hash: str) -> bytes | None:
        return None

    async def keep_page(self, kept: Kept, body: bytes) -> None:
        return None

    async def confirm_page(self, key: str, checked_at: datetime) -> None:
        return None

    async def forget_move(self, key: str) -> None:
        return None

    async def forget_page(self, key: str) -> None:
        return None

    def _before(self, mine: _Ticket) -> list[_Ticket]:
        queue = list(self._tickets.values())
        return queue[: queue.index(mine)]

    def _crowd(self, key: str, before: list[_Ticket], now: float) -> int:
        flying = sum(ticket.taken and key in ticket.ask.keys for ticket in self._tickets.values())
        return flying + sum(not t.taken and t.ready_at <= now and key in t.ask.keys for t in before)


def _now() -> float:
    return asyncio.get_running_loop().time()
