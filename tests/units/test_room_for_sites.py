"""How many sites a worker has in hand, and when it takes another diocese."""

from __future__ import annotations

import asyncio

import pytest

from vitality_lib.units.room import Room


class Crawl:
    """Dioceses, by number, and their sites, each of which ends when it is told to."""

    def __init__(self, places: int) -> None:
        self.room = Room(places)
        self.begun: list[int] = []
        self.in_hand: dict[str, asyncio.Event] = {}
        self.most = 0
        self.tasks: list[asyncio.Task[None]] = []

    def take(self, diocese: int, sites: int) -> None:
        self.tasks.append(asyncio.create_task(self._diocese(diocese, sites)))

    async def _diocese(self, diocese: int, sites: int) -> None:
        async with self.room.diocese(diocese):
            self.begun.append(diocese)
            asyncio.get_running_loop().call_soon(self.room.lined_up, diocese)
            await asyncio.gather(*(self._site(f"{diocese}.{number}") for number in range(sites)))

    async def _site(self, name: str) -> None:
        async with self.room.place:
            self.in_hand[name] = asyncio.Event()
            self.most = max(self.most, len(self.in_hand))
            await self.in_hand[name].wait()
            del self.in_hand[name]

    async def done(self, *names: str) -> None:
        for name in names:
            self.in_hand[name].set()
        await still()


async def still() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def crawl(places: int, *sizes: int) -> Crawl:
    one = Crawl(places)
    for number, size in enumerate(sizes):
        one.take(number, size)
    await still()
    return one


async def test_small_dioceses_begin_together_until_the_room_is_full() -> None:
    one = await crawl(6, 2, 3, 4, 5)
    assert one.begun == [0, 1, 2]
    assert sorted(one.in_hand) == ["0.0", "0.1", "1.0", "1.1", "1.2", "2.0"]
    assert one.most == 6


async def test_a_slow_site_does_not_keep_the_next_diocese_waiting() -> None:
    one = await crawl(2, 2, 2)
    assert one.begun == [0]
    await one.done("0.0")
    assert one.begun == [0, 1]
    assert sorted(one.in_hand) == ["0.1", "1.0"]


async def test_none_is_taken_while_sites_of_another_wait_for_a_place() -> None:
    one = await crawl(2, 4, 1)
    await one.done("0.0", "0.1")
    assert one.begun == [0]
    assert sorted(one.in_hand) == ["0.2", "0.3"]


async def test_one_without_sites_lets_the_next_one_in() -> None:
    one = await crawl(2, 0, 1)
    assert one.begun == [0, 1]


async def test_one_that_fails_lets_the_next_one_in() -> None:
    one = Crawl(1)
    with pytest.raises(OSError, match="lost"):
        async with one.room.diocese(7):
            raise OSError("the connection is lost")
    one.take(1, 1)
    await still()
    assert one.begun == [1]


async def test_one_that_is_cut_off_while_it_waits_lets_the_next_one_in() -> None:
    one = await crawl(1, 1, 1, 1)
    one.tasks[1].cancel()
    await still()
    await one.done("0.0")
    assert one.begun == [0, 2]
