"""What a bench is asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Sizes of the nations, workers, paces and repetitions; each part uses those that concern it."""

    parishes: tuple[int, ...]  # none: each part's own
    dioceses: int
    pace: float
    stages: tuple[str, ...]
    workers: tuple[int, ...]
    repeat: int
    browser: str

    def size(self, usual: int) -> int:
        """How many parishes, for a part that takes one number."""
        return self.parishes[0] if self.parishes else usual

    @property
    def settings(self) -> dict[str, str]:
        """The variables of every crawl."""
        return {"VITALITY_BROWSER": self.browser, "GEMINI_API_KEY": "", "VITALITY_FORCE": "0"}


def parse(arguments: list[str] | None, parts: Mapping[str, str]) -> tuple[list[str], Options]:
    """The chosen parts in their order, and the options. Ends the process with 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="make bench",
        description="What a nation costs, on loopback; writes docs/benchmarks.md.",
        epilog="\n".join(f"{name:12} {about}" for name, about in parts.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--parts", default="", help="names, separated by commas (default: all but airflow)")
    parser.add_argument("--parishes", default="", help="of the nation; growth takes several: 1000,4000,17000")
    parser.add_argument(
        "--dioceses", type=int, default=0, help="default: as many as 17,000 parishes have, in proportion"
    )
    parser.add_argument("--pace", type=float, default=0.3, help="of the clock, for efficiency (default: %(default)s)")
    parser.add_argument(
        "--stages",
        default="discovery,extraction,schedule",
        help="whose efficiency is measured; those before them run with politeness off (default: %(default)s)",
    )
    parser.add_argument("--workers", default="1,5,10", help="for efficiency (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of which the median counts (default: %(default)s)")
    parser.add_argument("--browser", choices=("auto", "off"), default="auto", help="default: %(default)s")
    given = parser.parse_args(arguments)
    chosen = [name for name in given.parts.replace(" ", ",").split(",") if name]
    unknown = [name for name in chosen if name not in parts]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(parts)}")
    stages = tuple(given.stages.replace(" ", ",").split(","))
    numbers = _numbers(given.parishes), _numbers(given.workers)
    options = Options(numbers[0], given.dioceses, given.pace, stages, numbers[1], given.repeat, given.browser)
    return chosen or [name for name in parts if name != "airflow"], options


def progress(text: str) -> None:
    """One line on stderr."""
    print(text, file=sys.stderr, flush=True)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.replace(" ", ",").split(",") if one)
