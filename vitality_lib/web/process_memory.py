"""What a door remembers where there is no database (`inspect`): the same rules, in this process alone, and no pages."""
# ruff: noqa: ARG002 - it keeps no pages

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from vitality_lib.store.pages import Kept
from vitality_lib.store.robots import RobotsFile
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait


@dataclass
class _Host:
    ended_at: float = float("-inf")
    next_at: float = float("-inf")
    requests: int = 0
    failures: int = 0
    open_until: float = float("-inf")
    open_reason: str = ""
    answer_seconds: float = 0.2


@dataclass
class _Ticket:
    ask: Ask
    ready_at: float = 0.0
    taken_at: float | None = None
    lapses_at: float = float("inf")


class ProcessMemory:
    """Remembered by this process alone, and only turns and robots.txt. `clock` gives seconds (None: the loop's)."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._now = clock or _loop_time
        self._hosts: dict[str, _Host] = {}
        self._tickets: dict[UUID, _Ticket] = {}  # in order of arrival
        self._robots: dict[str, tuple[float, RobotsFile]] = {}

    async def take(self, ask: Ask) -> Turn | Wait | Shut:
        """As `take_turn` in the schema."""
        now = self._now()
        self._tickets = {holder: ticket for holder, ticket in self._tickets.items() if ticket.lapses_at > now}
        host = self._hosts.setdefault(ask.host, _Host())
        mine = self._tickets.setdefault(ask.holder, _Ticket(ask))
        before = self._before(mine)
        held = any(t.taken_at is not None and t.ask.host == ask.host for t in self._tickets.values())
        ahead = sum(t.ask.host == ask.host and t.taken_at is None for t in before)
        if host.open_until > now or (host.open_until > float("-inf") and (held or ahead)):
            del self._tickets[ask.holder]
            return Shut(max(host.open_until - now, 0.0), host.open_reason)
        ready = max(host.next_at, host.ended_at + ask.gap, now + ask.gap if held else now) + ahead * ask.gap
        mine.ready_at = ready
        if not held and not ahead and ready <= now:
            seconds = max((self._seconds_until_room(key, ask, before, now) for key in ask.keys), default=0.0)
            if seconds <= 0:
                mine.taken_at, mine.lapses_at = now, now + ask.lease
                return Turn(ask.holder, ask.host, host.failures, ask.most)
            wait = Wait(max(seconds, 0.01), crowded=True)
        else:
            wait = Wait(max(ready - now, 0.01))
        mine.lapses_at = now + wait.seconds + 10
        return wait

    async def give_back(self, turn: Turn, rest: Rest) -> None:
        self._tickets.pop(turn.holder, None)
        now = self._now()
        host = self._hosts[turn.host]
        host.ended_at = now
        host.next_at = max(host.next_at, now + rest.seconds)
        host.requests += 1
        if rest.learnt:
            host.failures = rest.failures
            host.open_until = now + rest.shut_seconds if rest.shut_seconds > 0 else float("-inf")
            host.open_reason = rest.shut_reason
            host.answer_seconds = rest.took if host.requests == 1 else (3 * host.answer_seconds + rest.took) / 4

    async def leave(self, holder: UUID) -> None:
        self._tickets.pop(holder, None)

    async def wait(self, ask: Ask, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def robots(self, origin: str) -> RobotsFile | None:
        good_until, file = self._robots.get(origin, (0.0, None))
        left = good_until - self._now()
        return replace(file, good_seconds=left) if file and left > 0 else None

    async def all_robots(self, origins: Sequence[str]) -> Sequence[RobotsFile]:
        return [file for origin in origins if (file := await self.robots(origin))]

    async def keep_robots(
        self, file: RobotsFile, good_seconds: float, also: Iterable[str] = (), holder: UUID | None = None
    ) -> None:
        for origin in (file.origin, *also):
            self._robots[origin] = (self._now() + good_seconds, replace(file, origin=origin))

    async def claim_robots(self, origin: str, holder: UUID, seconds: float) -> RobotsFile | bool:
        return await self.robots(origin) or True  # the reader itself asks for each file once at a time

    async def release_robots(self, origin: str, holder: UUID) -> None:
        return None

    async def page(self, key: str) -> Kept | None:
        return None

    async def all_pages(self, keys: Sequence[str]) -> Sequence[Kept]:
        return []

    async def body(self, body_hash: str) -> bytes | None:
        return None

    async def keep_page(self, kept: Kept, body: bytes, visits: int = 1) -> None:
        return None

    async def confirm_page(self, kept: Kept) -> bytes | None:
        return None

    async def forget_move(self, key: str) -> None:
        return None

    async def forget_page(self, key: str) -> None:
        return None

    def _before(self, mine: _Ticket) -> list[_Ticket]:
        queue = list(self._tickets.values())
        return queue[: queue.index(mine)]

    def _seconds_until_room(self, key: str, ask: Ask, before: list[_Ticket], now: float) -> float:
        """As `seconds_until_room` in the schema."""
        sharing = [t for t in self._tickets.values() if key in t.ask.keys and t.ask.host != ask.host]
        flying = {t.ask.host: t.taken_at for t in sharing if t.taken_at is not None}
        ready = {t.ask.host for t in before if t in sharing and max(t.ready_at, self._hosts[t.ask.host].next_at) <= now}
        too_many = len(flying.keys() | ready) - ask.most + 1
        if too_many <= 0:
            return 0.0
        ends = sorted(
            max(self._hosts[host].answer_seconds - (now - since), (now - since) / 4, 0.01)
            for host, since in flying.items()
        )
        if too_many <= len(ends):
            return ends[too_many - 1]
        usual = sum(self._hosts[t.ask.host].answer_seconds for t in sharing) / len(sharing)
        return (ends[-1] if ends else 0.0) + (too_many - len(ends)) * max(usual, 0.02) / ask.most


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
