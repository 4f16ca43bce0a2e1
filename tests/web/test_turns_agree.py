"""The rules of turns twice, in PostgreSQL and in one process: they give the same answers to the same random schedules,
and no schedule makes them break a rule.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import AsyncConnection

from vitality_lib.models import Reason
from vitality_lib.store import turns
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait
from vitality_lib.web.process_memory import ProcessMemory

TICK = 1 / 64  # seconds; sums of these are exact in both
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KEYS = {
    "a.example": ("domain:a.example", "platform:wix"),
    "b.example": ("domain:b.example", "net:203.0.113.0/24", "platform:wix"),
    "c.example": ("domain:c.example", "net:203.0.113.0/24"),
    "www.d.example": ("domain:d.example", "net:203.0.113.0/24", "platform:wix"),
    "d.example": ("domain:d.example",),
}
TICKS = st.sampled_from([0, 1, 4, 16, 40, 100]).map(lambda number: number * TICK)
PASSING = st.sampled_from([1, 4, 16, 40, 100, 350]).map(lambda number: number * TICK)
RESTS = st.builds(
    Rest,
    TICKS,
    failures=st.integers(0, 9),
    shut_seconds=st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.5]),
    shut_reason=st.just(Reason.TIMEOUT),
    took=TICKS,
    learnt=st.booleans(),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 11)),
        st.tuples(st.just("ask"), st.integers(0, 11)),
        st.tuples(st.just("pass"), PASSING),
        st.tuples(st.just("give back"), st.tuples(st.integers(0, 9), RESTS)),
        st.tuples(st.just("leave"), st.integers(0, 11)),
    ),
    min_size=30,
    max_size=90,
)
GAPS = (4 * TICK, 32 * TICK)
HOSTS = tuple(KEYS)
ASKS = [
    Ask(UUID(int=n), HOSTS[n % 5], KEYS[HOSTS[n % 5]], GAPS[n % 2], lease=(1000 - n) * TICK, most=2) for n in range(12)
]


@dataclass
class Both:
    """Both memories at one invented moment, and what is in flight."""

    connection: AsyncConnection
    seconds: float = 0.0
    flying: dict[UUID, tuple[Turn, float]] = field(default_factory=dict)
    ended_at: dict[str, float] = field(default_factory=dict)
    rests_until: dict[str, float] = field(default_factory=dict)
    shut_until: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.process = ProcessMemory(lambda: self.seconds)

    @property
    def moment(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    async def ask(self, number: int) -> None:
        wanted = ASKS[number]
        if wanted.holder in self.flying:
            return
        verdict, other = await turns.take(self.connection, wanted, self.moment), await self.process.take(wanted)
        assert alike(verdict, other), f"{verdict} in PostgreSQL, {other} in the process"
        if isinstance(verdict, Turn):
            self.demand_free(wanted)
            self.flying[wanted.holder] = verdict, self.seconds + wanted.lease

    def demand_free(self, wanted: Ask) -> None:
        """The rules, told without a queue."""
        alive = [ASKS[holder.int] for holder, (_, lapses_at) in self.flying.items() if lapses_at > self.seconds]
        assert all(ask.host != wanted.host for ask in alive)
        assert all(sum(key in ask.keys for ask in alive) < wanted.most for key in wanted.keys)
        assert self.ended_at.get(wanted.host, -wanted.gap) + wanted.gap <= self.seconds
        assert self.rests_until.get(wanted.host, 0.0) <= self.seconds
        assert self.shut_until.get(wanted.host, 0.0) <= self.seconds

    async def give_back(self, which: tuple[int, Rest]) -> None:
        place, rest = which
        if place >= len(self.flying):
            return
        holder = list(self.flying)[place]
        turn, _ = self.flying.pop(holder)
        await turns.give_back(self.connection, turn, rest, self.moment)
        await self.process.give_back(turn, rest)
        self.ended_at[turn.host] = self.seconds
        self.rests_until[turn.host] = max(self.seconds + rest.seconds, self.rests_until.get(turn.host, 0.0))
        if rest.learnt:
            self.shut_until[turn.host] = self.seconds + rest.shut_seconds

    async def leave(self, number: int) -> None:
        if ASKS[number].holder not in self.flying:
            await turns.leave(self.connection, ASKS[number].holder)
            await self.process.leave(ASKS[number].holder)


def alike(one: Turn | Wait | Shut, other: Turn | Wait | Shut) -> bool:
    if isinstance(one, Wait) and isinstance(other, Wait):
        return abs(one.seconds - other.seconds) < 1e-5
    return one == other


async def both_go_through(url: str, steps: list[tuple[str, object]]) -> None:
    async with await AsyncConnection.connect(url) as connection:
        both = Both(connection)
        for what, detail in steps:
            match what, detail:
                case "ask", int(number):
                    await both.ask(number)
                case "pass", float(seconds):
                    both.seconds += seconds
                case "give back", tuple(which):
                    await both.give_back(which)
                case "leave", int(number):
                    await both.leave(number)
        await connection.rollback()


def test_both_memories_give_the_same_answers_and_break_no_rule(database_url: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(STEPS)
    def agree(steps: list[tuple[str, object]]) -> None:
        asyncio.run(both_go_through(database_url, steps))

    agree()
