"""What a door remembers between requests: turns, robots.txt files, pages; in PostgreSQL, for the whole fleet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from vitality_lib.store import pages, robots, turn_calls, turns
from vitality_lib.store.database import Database
from vitality_lib.store.errors import DatabaseUnavailable
from vitality_lib.store.pages import Kept
from vitality_lib.store.robots import RobotsFile
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait


class Memory(Protocol):
    """What a door must be able to remember."""

    async def take(self, ask: Ask) -> Turn | Wait | Shut: ...
    async def give_back(self, turn: Turn, rest: Rest) -> None: ...
    async def leave(self, holder: UUID) -> None: ...
    async def wait(self, ask: Ask, seconds: float) -> None: ...
    async def robots(self, origin: str) -> RobotsFile | None: ...
    async def all_robots(self, origins: Sequence[str]) -> Sequence[RobotsFile]: ...
    async def keep_robots(
        self, file: RobotsFile, good_seconds: float, also: Iterable[str] = (), holder: UUID | None = None
    ) -> None: ...
    async def claim_robots(self, origin: str, holder: UUID, seconds: float) -> RobotsFile | bool: ...
    async def release_robots(self, origin: str, holder: UUID) -> None: ...
    async def page(self, key: str) -> Kept | None: ...
    async def all_pages(self, keys: Sequence[str]) -> Sequence[Kept]: ...
    async def body(self, body_hash: str) -> bytes | None: ...
    async def keep_page(self, kept: Kept, body: bytes, visits: int = 1) -> None: ...
    async def confirm_page(self, kept: Kept) -> bytes | None: ...
    async def forget_move(self, key: str) -> None: ...
    async def forget_page(self, key: str) -> None: ...


@dataclass(frozen=True)
class FleetMemory:
    """Shared by every process on the same database; each call but the last is one statement, in one round trip."""

    database: Database
    _owed: list[tuple[Turn, Rest]] = field(default_factory=list)
    _waiting: dict[UUID, asyncio.Event] = field(default_factory=dict)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """While the context is open, those who wait here hear at once when a turn that they wait for is given back."""
        async with turn_calls.listening(self.database, self._call):
            yield

    def _call(self, holder: UUID) -> None:
        if holder in self._waiting:
            self._waiting[holder].set()

    async def take(self, ask: Ask) -> Turn | Wait | Shut:
        owed = [*self._owed]
        self._owed.clear()
        for turn, rest in owed:
            await self.give_back(turn, rest)
        called = self._waiting.setdefault(ask.holder, asyncio.Event())
        called.clear()
        async with self.database.statement() as connection:
            verdict = await turns.take(connection, ask)
        if not isinstance(verdict, Wait):
            self._waiting.pop(ask.holder, None)
        return verdict

    async def wait(self, ask: Ask, seconds: float) -> None:
        """Wait so long before asking again, or until called."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._waiting.setdefault(ask.holder, asyncio.Event()).wait()

    async def give_back(self, turn: Turn, rest: Rest) -> None:
        """When the connection is lost, what the host is owed is written before this process takes another turn."""
        try:
            async with self.database.statement() as connection:
                await turns.give_back(connection, turn, rest)
        except DatabaseUnavailable:
            self._owed.append((turn, rest))

    async def leave(self, holder: UUID) -> None:
        self._waiting.pop(holder, None)
        async with self.database.statement() as connection:
            await turns.leave(connection, holder)

    async def robots(self, origin: str) -> RobotsFile | None:
        async with self.database.statement() as connection:
            return await robots.find(connection, origin)

    async def all_robots(self, origins: Sequence[str]) -> Sequence[RobotsFile]:
        async with self.database.statement() as connection:
            return await robots.find_all(connection, origins)

    async def keep_robots(
        self, file: RobotsFile, good_seconds: float, also: Iterable[str] = (), holder: UUID | None = None
    ) -> None:
        async with self.database.statement() as connection:
            await robots.keep(connection, file, good_seconds, also, holder)

    async def claim_robots(self, origin: str, holder: UUID, seconds: float) -> RobotsFile | bool:
        async with self.database.statement() as connection:
            return await robots.claim(connection, origin, holder, seconds)

    async def release_robots(self, origin: str, holder: UUID) -> None:
        async with self.database.statement() as connection:
            await robots.release(connection, origin, holder)

    async def page(self, key: str) -> Kept | None:
        async with self.database.statement() as connection:
            return await pages.find(connection, key)

    async def all_pages(self, keys: Sequence[str]) -> Sequence[Kept]:
        async with self.database.statement() as connection:
            return await pages.find_all(connection, keys)

    async def body(self, body_hash: str) -> bytes | None:
        async with self.database.statement() as connection:
            return await pages.body(connection, body_hash)

    async def keep_page(self, kept: Kept, body: bytes, visits: int = 1) -> None:
        async with self.database.statement() as connection:
            await pages.keep(connection, kept, body, visits)

    async def confirm_page(self, kept: Kept) -> bytes | None:
        async with self.database.statement() as connection:
            return await pages.confirm(connection, kept)

    async def forget_move(self, key: str) -> None:
        async with self.database.statement() as connection:
            await pages.forget_move(connection, key)

    async def forget_page(self, key: str) -> None:
        async with self.database.transaction() as connection:
            await pages.forget(connection, key)
