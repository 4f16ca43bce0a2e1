"""Asked to end, a worker ends: what is in hand is finished, and what does not end in time is cut off."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest

from vitality_lib.work.shutdown import Interrupted, heed_signals


def ask(number: signal.Signals = signal.SIGTERM) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_first_signal_sets_the_token_and_the_work_in_hand_is_finished(number: signal.Signals) -> None:
    async with heed_signals() as stop:
        assert not stop.is_set()
        ask(number)
        await asyncio.wait_for(stop.wait(), 5)
        await asyncio.sleep(0.05)
        finished = True
    assert finished


async def test_work_that_does_not_end_in_time_is_cut_off() -> None:
    began = time.monotonic()
    with pytest.raises(Interrupted, match="run again"):
        async with heed_signals(grace_seconds=0.2):
            ask()
            await asyncio.sleep(10)
    assert 0.15 < time.monotonic() - began < 3
    task = asyncio.current_task()
    assert task
    assert not task.cancelling()


async def test_the_second_signal_cuts_off_at_once() -> None:
    with pytest.raises(Interrupted):
        async with heed_signals() as stop:
            ask()
            await stop.wait()
            ask()
            await asyncio.sleep(10)


async def test_a_cancellation_from_elsewhere_stays_one() -> None:
    async def work() -> None:
        async with heed_signals():
            await asyncio.sleep(10)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_afterwards_signals_do_what_they_did_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    async with heed_signals():
        pass
    assert signal.getsignal(signal.SIGTERM) == before
