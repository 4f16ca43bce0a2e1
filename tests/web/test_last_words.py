"""What a request that is cut off owes the fleet is done before anybody hears that it was cut off."""

import asyncio
from contextlib import suppress

import pytest

from vitality_lib.web import last_words


async def cut_off(words: list[str], *, times: int = 1, clings: bool = False) -> None:
    async def give_back() -> None:
        await asyncio.sleep(3600 if clings else 0.05)
        words.append("given back")

    task = asyncio.create_task(last_words.said(give_back()))
    for _ in range(times):
        await asyncio.sleep(0.01)
        task.cancel()
    async with asyncio.timeout(5):
        with suppress(asyncio.CancelledError):
            await task
    assert task.cancelled()


async def test_they_are_said_before_the_end_is_heard() -> None:
    words: list[str] = []
    await cut_off(words)
    assert words == ["given back"]


async def test_who_insists_does_not_wait_for_them() -> None:
    words: list[str] = []
    await cut_off(words, times=2, clings=True)
    assert words == []


async def test_an_error_in_them_is_heard() -> None:
    async def fails() -> None:
        raise OSError("the connection is lost")

    with pytest.raises(OSError, match="connection is lost"):
        await last_words.said(fails())
