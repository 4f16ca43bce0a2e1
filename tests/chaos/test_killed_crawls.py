"""A crawl whose processes are killed at random points ends with the same tables as one that nobody disturbed.

The short version is part of `make test`; the long one, and the one with Airflow, of `make chaos`.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import pytest
from chaos.crawl import Crawl, sample_web
from chaos.final_tables import FinalTables, final_tables
from chaos.kills import Kills

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.no_cover]

SEED = int(os.environ.get("SEED") or 0)
SHORT, LONG, IN_ONE_CRAWL = 6, 60, 12  # kills
_SHOWN = 20
A_FEW = ("Archdiocese of Marrow Hill", "Diocese of Saltmarsh", "Diocese of Larkspur", "Eparchy of Windhaven")


@dataclass(frozen=True)
class Disturbed:
    """A crawl that was killed again and again: what was killed how often, what came of it, what its processes said."""

    kills: Counter[str]
    tables: FinalTables
    said: str
    seconds: float


@pytest.fixture
def port() -> Iterator[int]:
    with sample_web() as port:
        yield port


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Path]:
    """Fresh homes, one after the other."""
    return (tmp_path / str(number) for number in count())


def undisturbed(home: Path, port: int, dioceses: Sequence[str] = ()) -> FinalTables:
    with Crawl(home, port, dioceses) as crawl:
        assert crawl.finish() == 1
        return final_tables(crawl.url)


def disturbed(home: Path, port: int, seed: int, kills: int, dioceses: Sequence[str] = ()) -> Disturbed:
    began = time.monotonic()
    with Crawl(home, port, dioceses) as crawl:
        done = Kills(crawl, Random(seed), kills).carry_out()
        crawl.finish()
        return Disturbed(done, final_tables(crawl.url), crawl.said, time.monotonic() - began)


def must_be_equal(seed: int, after: Disturbed, before: FinalTables) -> None:
    told = f"seed {seed}, {dict(after.kills)}"
    assert after.tables.duplicates == [], told
    differences = after.tables.differences(before)
    assert not differences, "\n".join([f"{told}, {len(differences)} differences", *differences[:_SHOWN]])
    assert "internal_error" not in after.said, told


@pytest.mark.timeout(280)
def test_after_six_kills_the_tables_are_the_same(port: int, homes: Iterator[Path]) -> None:
    before = undisturbed(next(homes), port, A_FEW)
    after = disturbed(next(homes), port, SEED, SHORT, A_FEW)
    assert after.kills, "the crawl was over before anything was killed"
    must_be_equal(SEED, after, before)


@pytest.mark.chaos
@pytest.mark.timeout(3600)
def test_after_sixty_kills_the_tables_of_a_whole_country_are_the_same(
    port: int, homes: Iterator[Path], say: Callable[[str], None]
) -> None:
    before = undisturbed(next(homes), port)
    kills: Counter[str] = Counter()
    seed = SEED
    while kills.total() < LONG:
        seed += 1
        after = disturbed(next(homes), port, seed, min(IN_ONE_CRAWL, LONG - kills.total()))
        kills += after.kills
        say(f"seed {seed}: {dict(after.kills)}, {after.tables.count} rows, {after.seconds:.0f} s")
        must_be_equal(seed, after, before)
    say(f"{kills.total()} kills: {dict(kills)}; fingerprint {before.fingerprint}, {before.count} rows")
