"""The line of a process before what its hosts share."""

import asyncio

import pytest

from vitality_lib.web.line import Line


class Hosts:
    """Hosts, by rank, that wait for a place; each leaves when it is told to."""

    def __init__(self, places: int) -> None:
        self.line = Line(places)
        self.inside: list[int] = []
        self.tasks: list[asyncio.Task[None]] = []
        self._leave: dict[int, asyncio.Event] = {}

    async def come(self, *ranks: int) -> None:
        self.tasks += [asyncio.create_task(self._stay(rank)) for rank in ranks]
        await self.still()

    async def leave(self, rank: int) -> None:
        self._leave[rank].set()
        await self.still()

    async def still(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def _stay(self, rank: int) -> None:
        async with self.line.place(rank):
            self.inside.append(rank)
            self._leave[rank] = asyncio.Event()
            await self._leave[rank].wait()
            self.inside.remove(rank)


async def test_as_many_are_inside_as_there_are_places() -> None:
    hosts = Hosts(2)
    await hosts.come(1, 2, 3)
    assert hosts.inside == [1, 2]


async def test_who_began_first_goes_first_though_it_came_last() -> None:
    hosts = Hosts(1)
    await hosts.come(5, 4, 3, 1)
    await hosts.leave(5)
    assert hosts.inside == [1]


async def test_of_equals_who_came_first_goes_first() -> None:
    line, order = Line(1), []

    async def come(name: str) -> None:
        async with line.place(7):
            order.append(name)
            await asyncio.sleep(0)

    await asyncio.gather(*(come(name) for name in "abc"))
    assert order == ["a", "b", "c"]


async def test_nobody_slips_in_before_those_who_wait() -> None:
    hosts = Hosts(1)
    await hosts.come(1, 3)
    hosts._leave[1].set()
    hosts.tasks.append(asyncio.create_task(hosts._stay(2)))
    await hosts.still()
    assert hosts.inside == [3]


@pytest.mark.parametrize("given", [False, True], ids=["while it waits", "when it has just been given its place"])
async def test_who_is_cut_off_takes_no_place_with_it(given: bool) -> None:
    hosts = Hosts(1)
    await hosts.come(1, 2, 3)
    if given:
        hosts._leave[1].set()
        await asyncio.sleep(0)
    hosts.tasks[1].cancel()
    await hosts.still()
    if not given:
        await hosts.leave(1)
    assert hosts.inside == [3]
    await hosts.leave(3)
    await hosts.come(9)
    assert hosts.inside == [9]
