"""How the requests of one process come to their turns: with few questions, and nobody in another's way."""

import asyncio
from uuid import uuid4

from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait
from vitality_lib.web.process_memory import ProcessMemory
from vitality_lib.web.queue import Queue

WIX = ("platform:wix",)


class Counting(ProcessMemory):
    """A memory that counts the questions, and how many were waiting for an answer or for the next question at once."""

    def __init__(self) -> None:
        super().__init__()
        self.questions = 0
        self.queueing: set[object] = set()
        self.most_queueing = 0

    async def take(self, ask: Ask) -> Turn | Wait | Shut:
        self.questions += 1
        verdict = await super().take(ask)
        if isinstance(verdict, Wait):
            self.queueing.add(ask.holder)
        else:
            self.queueing.discard(ask.holder)
        self.most_queueing = max(self.most_queueing, len(self.queueing))
        return verdict


def ask(host: str = "www.st-clement.example", keys: tuple[str, ...] = (), gap: float = 0.0) -> Ask:
    return Ask(uuid4(), host, keys, gap, 30, 2)


async def took(queue: Queue, wanted: Ask) -> Turn:
    verdict = await queue.take(wanted)
    assert isinstance(verdict, Turn)
    return verdict


async def test_while_a_host_rests_nobody_asks_for_it() -> None:
    memory = Counting()
    queue = Queue(memory)
    for _ in range(3):
        await queue.give_back(await took(queue, ask()), Rest(0.05))
    assert memory.questions == 3


async def test_of_hundreds_that_wait_for_one_platform_two_stand_in_the_queue_of_the_fleet() -> None:
    memory = Counting()
    queue = Queue(memory)

    async def request(number: int) -> None:
        turn = await took(queue, ask(f"{number}.wix.example", WIX))
        await asyncio.sleep(0.001)
        await queue.give_back(turn, Rest(0.0))

    await asyncio.gather(*(request(number) for number in range(200)))
    assert memory.most_queueing <= 2


async def test_a_host_that_was_begun_goes_before_those_that_were_not() -> None:
    """A slow site needs its requests one after the other: it must not come last with each of them."""
    queue, order = Queue(ProcessMemory()), []

    async def site(number: int, requests: int) -> None:
        for _ in range(requests):
            turn = await took(queue, ask(f"{number}.wix.example", WIX))
            order.append(number)
            await asyncio.sleep(0.002)
            await queue.give_back(turn, Rest(0.0))

    await asyncio.gather(*(site(number, 5 if number == 0 else 1) for number in range(40)))
    assert [place for place, number in enumerate(order) if number == 0][-1] < 20


async def test_who_waits_for_its_own_host_keeps_no_other_from_the_platform() -> None:
    memory = Counting()
    queue = Queue(memory)
    for _ in range(2):  # so that the rest is known to the fleet, and not to this process
        await memory.take(ask("slow.wix.example", WIX))
    resting = [asyncio.create_task(queue.take(ask("slow.wix.example", WIX, gap=60))) for _ in range(5)]
    await asyncio.sleep(0.01)
    async with asyncio.timeout(5):
        assert await took(queue, ask("other.wix.example", WIX))
    for task in resting:
        task.cancel()
    await asyncio.gather(*resting, return_exceptions=True)


async def test_a_delay_that_robots_txt_asks_for_is_waited_for_without_a_question() -> None:
    memory = Counting()
    queue = Queue(memory)
    await queue.give_back(await took(queue, ask()), Rest(0.0))
    await took(queue, ask(gap=0.1))
    assert memory.questions == 2


async def test_who_waited_for_its_own_host_is_not_kept_by_those_who_came_later() -> None:
    """It stands in the queue of the fleet before them: at the front of this process's line they would wait for it."""
    memory = Counting()
    queue = Queue(memory)
    other, busy = ask("other.wix.example", WIX), ask("slow.wix.example")
    await memory.take(other)
    await memory.give_back(await took(Queue(memory), busy), Rest(0.1))  # this queue does not know that it rests
    flying = await took(queue, ask("1.wix.example", WIX))
    first = asyncio.create_task(queue.take(ask("slow.wix.example", WIX)))
    await asyncio.sleep(0.02)
    later = [asyncio.create_task(queue.take(ask(f"{number}.wix.example", WIX))) for number in (2, 3, 4)]
    await asyncio.sleep(0.15)  # by now the slow one is ready, and two later ones stand at the front
    await queue.give_back(flying, Rest(0.0))
    async with asyncio.timeout(5):
        assert isinstance(await first, Turn)
    for task in later:
        task.cancel()
    await asyncio.gather(*later, return_exceptions=True)


async def test_who_is_interrupted_leaves_the_queue_and_the_line() -> None:
    memory = Counting()
    queue = Queue(memory)
    turns = [await took(queue, ask(f"{number}.wix.example", WIX)) for number in range(2)]
    waiting = [asyncio.create_task(queue.take(ask(f"{number}.wix.example", WIX))) for number in range(2, 6)]
    await asyncio.sleep(0.02)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    for turn in turns:
        await queue.give_back(turn, Rest(0.0))
    before = memory.questions
    await took(queue, ask("6.wix.example", WIX))
    assert memory.questions == before + 1


async def test_a_wait_beyond_all_patience_is_given_back_at_once() -> None:
    queue = Queue(ProcessMemory())
    await queue.give_back(await took(queue, ask()), Rest(86400.0))
    verdict = await queue.take(ask())
    assert isinstance(verdict, Wait)
    assert verdict.seconds > 86000
