"""Whether the time that a parser takes grows in step with what it is given.

A piece of an input is repeated, 16 KiB of it, then two and four times as much. Four times the bytes may take a little
more than four times as long; squared growth takes sixteen times.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from foreign import Parser
from parsers import PARSERS

FIRST = 16 * 1024  # bytes
ENOUGH = 10.0  # seconds of processor time
MOST = 8.0  # times as long for four times as much
WORTH_A_LOOK, LONG = 0.03, 0.5  # seconds of processor time that are measured well; that somebody notices
_FASTER, _LARGEST = 2.5, 2**20
_AGAIN = 2


@dataclass(frozen=True)
class Pumped:
    """An input that can be made as long as one likes: `piece` is repeated between `head` and `tail`."""

    head: bytes
    piece: bytes
    tail: bytes

    def of(self, size: int) -> bytes:
        return self.head + self.piece * max(1, size // len(self.piece)) + self.tail


def seconds(parser: Parser, data: bytes) -> float:
    """Processor time; `ENOUGH` for what takes longer, which is broken off where the code lets itself be."""
    began = time.process_time()
    with suppress(_Enough):
        signal.signal(signal.SIGVTALRM, _stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, ENOUGH)
        parser(data)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


class _Enough(BaseException):
    """Not an Exception: readers that take all of those for bad input must not take this."""


def _stop(*_: object) -> None:
    raise _Enough


def growth(parser: Parser, pumped: Pumped, first: int = FIRST) -> tuple[float, float]:
    """How many times as long four times the bytes take, and their seconds; (1, ...) where that is linear.

    As long as time grows faster than the input, the input grows: squared growth may begin beneath what is linear.
    What looks wrong is measured again, since the collector of garbage and a busy machine's caches only ever add.
    """
    size, once, twice = first, seconds(parser, pumped.of(first)), seconds(parser, pumped.of(2 * first))
    if once >= ENOUGH:
        return ENOUGH, once
    while twice > WORTH_A_LOOK and twice > once * _FASTER and size < _LARGEST:
        four_times = seconds(parser, pumped.of(4 * size))
        if max(MOST * once, LONG) < four_times < ENOUGH:
            four_times = min(four_times, *(seconds(parser, pumped.of(4 * size)) for _ in range(_AGAIN)))
        broken_off = four_times >= ENOUGH and 4 * size <= _LARGEST  # readers of ours take a tenth of it for a megabyte
        if four_times > max(MOST * once, LONG) or broken_off:
            return max(MOST, four_times / max(once, 0.001)), four_times
        size, once, twice = 2 * size, twice, four_times
    return 1.0, twice


def random_pump(of: random.Random, inputs: Sequence[bytes]) -> Pumped:
    """A piece of one of the inputs, or two of them joined, with what stands around it."""
    data = of.choice(inputs)[:16_384] or b" "
    start = of.randrange(len(data))
    end = min(len(data), start + of.choice((1, 2, 3, 5, 8, 16, 40, 200, 2000)))
    other = of.choice(inputs)[:16_384]
    at = of.randrange(len(other)) if other else 0
    piece = data[start:end] + (other[at : at + of.randrange(12)] if of.random() < 0.3 else b"")
    return Pumped(data[:start], piece, data[end:] if of.random() < 0.5 else b"")


def main(home: str, limit: str, *names: str) -> None:
    """For so many seconds of processor time each, look for pieces that a parser should not be given often."""
    for name in names or PARSERS:
        parser, of = PARSERS[name], random.Random(f"{name} {time.time_ns()}")
        kept = [
            file.read_bytes() for part in ("slow", "corpus") for file in sorted((Path(home) / part / name).glob("*"))
        ]
        inputs = [*parser.seeds, *of.sample(kept, min(len(kept), 300))]
        began, looked, worst = time.process_time(), 0, (0.0, 0.0)
        while time.process_time() - began < float(limit):
            pumped = random_pump(of, inputs)
            try:
                times, took = growth(parser, pumped)
            except Exception as error:  # a finding like any other
                _keep(home, name, pumped, f"{type(error).__name__}: {error}")
                continue
            looked, worst = looked + 1, max(worst, (times, took))
            if times >= MOST:
                _keep(home, name, pumped, f"{times:.1f} times as long for four times as much: {took:.3f} s")
        print(f"{name}: {looked} looked at; the worst {worst[0]:.1f} times, {worst[1]:.3f} s", flush=True)


def _keep(home: str, name: str, pumped: Pumped, why: str) -> None:
    folder = Path(home) / "findings" / name
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"growth-{abs(hash(pumped)):x}.bin"
    file.write_bytes(pumped.of(FIRST))
    file.with_suffix(".txt").write_text(f"{why}\n{pumped.head[-200:]!r}\n{pumped.piece!r}\n{pumped.tail[:200]!r}\n")
    print(f"{name}: {why}: {pumped.piece[:80]!r}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
