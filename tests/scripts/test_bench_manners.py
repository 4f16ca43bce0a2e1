"""What the bench makes of a server's log: the least time, whose it is, and each rule that was broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))
from bench_manners import judged
from bench_nation import Served

ROBOTS = {"www.slow.example": "User-agent: *\nCrawl-delay: 10\n", "www.shut.example": "User-agent: *\nDisallow: /in/\n"}


def one(began: float, target: str = "/", host: str = "www.a.example", seconds: float = 0.1) -> Served:
    return Served(host, target, began, began + seconds, 200)


def visit(host: str = "www.a.example", began: float = 0.0, wait: float = 2.1, target: str = "/") -> list[Served]:
    """robots.txt, and a page so long after."""
    return [one(began, "/robots.txt", host), one(began + wait, target, host)]


def hosted(*began: float) -> list[Served]:
    """One request of a second to each of several sites of one platform, robots.txt being all they want."""
    return [one(when, "/robots.txt", f"st{number}.ecatholic.com", 1.0) for number, when in enumerate(began)]


BROKEN = {
    "two requests at once": ([one(0, "/robots.txt", seconds=3), one(1)], "two requests in flight"),
    "too soon": (visit(wait=1.5), "asked again after 1.400 s, 2.000 s are owed"),
    "too soon after a slow answer": ([one(0, "/robots.txt", seconds=3), one(10)], "15.000 s are owed"),
    "before the Crawl-delay": (visit("www.slow.example", wait=5), "10.000 s are owed"),
    "a third of a platform at once": (hosted(0, 0.2, 0.4), "3 in flight"),
    "no robots.txt first": ([one(0)], "/ before robots.txt"),
    "against robots.txt": (visit("www.shut.example", target="/in/"), "forbidden by robots.txt"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_rule_is_found(case: str) -> None:
    log, said = BROKEN[case]
    assert any(said in line for line in judged(log, ROBOTS, 1.0).broken)


def test_a_good_crawl_breaks_none() -> None:
    log = [*visit(), *visit("www.slow.example", wait=10.2), *visit("www.shut.example"), *hosted(0, 0.2, 1.3)]
    assert judged(log, ROBOTS, 1.0).broken == []


def test_the_least_time_is_the_answers_of_a_host_and_the_rests_between_them() -> None:
    seen = judged([one(0, "/robots.txt"), one(5, seconds=1), one(50, seconds=1)], {}, 1.0)
    assert seen.least == pytest.approx(0.1 + 2 + 1 + 5 + 1)
    assert (seen.bound, seen.seconds, seen.requests) == ("www.a.example", pytest.approx(51), 3)


def test_the_pace_is_a_factor_on_every_rest_but_what_an_answer_took_was_measured_at_that_pace() -> None:
    assert judged(visit(), {}, 0.1).least == pytest.approx(0.1 + 0.5 + 0.1)
    assert judged(visit(), {}, 0.5).least == pytest.approx(0.1 + 1.0 + 0.1)


def test_a_platform_with_many_sites_is_the_bound() -> None:
    seen = judged(hosted(*range(0, 20, 2)), {}, 1.0)
    assert (seen.least, seen.bound) == (pytest.approx(5.0), "all of ecatholic.com")


def test_a_robots_txt_that_an_earlier_stage_has_read_holds() -> None:
    assert judged([one(0)], {}, 1.0, frozenset({"www.a.example"})).broken == []
