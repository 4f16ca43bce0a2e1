"""Several pieces of work at once: whatever happens, none of them outlives the call."""

from __future__ import annotations

import asyncio

import pytest

from vitality_lib.work.side_by_side import side_by_side


class Piece:
    """Work that goes on until it is ended, and says so."""

    ended = False

    async def go_on(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # giving back takes a moment, too
            self.ended = True


async def after(seconds: float, result: int) -> int:
    await asyncio.sleep(seconds)
    return result


async def fail() -> None:
    raise KeyError("diocese")


async def test_results_stand_in_the_order_given() -> None:
    assert await side_by_side([after(0.02, 1), after(0, 2)]) == [1, 2]
    assert await side_by_side([]) == []


async def test_the_first_exception_ends_the_others_and_comes_out_as_itself() -> None:
    other = Piece()
    with pytest.raises(KeyError, match="diocese"):
        await side_by_side([other.go_on(), fail()])
    assert other.ended


async def test_a_cancellation_ends_them_all() -> None:
    pieces = [Piece(), Piece()]
    whole = asyncio.create_task(side_by_side(piece.go_on() for piece in pieces))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    whole.cancel()
    with pytest.raises(asyncio.CancelledError):
        await whole
    assert all(piece.ended for piece in pieces)
