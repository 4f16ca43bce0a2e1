"""The judge of the politeness suites: a good record passes, and each rule that is broken is found."""

import pytest
from fleet_judge import Rules, Seen, crawl_seconds, least_seconds, violations

HOST = "www.parish.example"
RULES = Rules(keys={}, crawl_delays={"www.delay.example": 10.0}, pace=1.0)
SHARED = Rules({f"{name}.see.example": ("see",) for name in "abc"} | {"d.example": ("d",)}, {}, pace=1.0)


def seen(started: float, seconds: float = 0.1, host: str = HOST, **more: object) -> Seen:
    return Seen(host, started, started + seconds, **more)  # type: ignore[arg-type]


def faults(number: int, status: int = 500) -> list[Seen]:
    """Failures in a row, each after the rest that the one before asks for."""
    return [seen(10.0 * place, status=status) for place in range(number)]


GOOD = {
    "two seconds after a fast answer": [seen(0), seen(2.1)],
    "five times a slow answer": [seen(0, 3), seen(18)],
    "a minute after a very slow one": [seen(0, 25), seen(85)],
    "after its Crawl-delay": [seen(0, host="www.delay.example"), seen(10.1, host="www.delay.example")],
    "after its Retry-After": [seen(0, status=503, retry_after=30), seen(30.1)],
    "a minute after a 429 without a word": [seen(0, status=429), seen(60.1)],
    "five seconds after a failure": [seen(0, status=500), seen(5.1)],
    "five minutes after five failures": [*faults(5), seen(340.2)],
    "failures that are not in a row": [*faults(4), seen(40), seen(50, status=500), seen(60)],
    "a day after a challenge": [seen(0, status=503, challenge=True), seen(86400.2)],
    "another host at the same time": [seen(0), seen(0, host="www.other.example")],
}
BROKEN = {
    "two in flight": ([seen(0, 5), seen(4)], "two requests in flight"),
    "before the two seconds": ([seen(0), seen(2.0)], "1.900 s, 2.000 s are owed"),
    "before five times a slow answer": ([seen(0, 3), seen(17)], "15.000 s are owed"),
    "before the minute after a very slow one": ([seen(0, 25), seen(84)], "60.000 s are owed"),
    "before its Crawl-delay": ([seen(0, host="www.delay.example"), seen(9, host="www.delay.example")], "10.000 s"),
    "before its Retry-After": ([seen(0, status=503, retry_after=30), seen(29)], "30.000 s are owed after its 503"),
    "before the Retry-After of a 429": ([seen(0, status=429, retry_after=90), seen(61)], "90.000 s are owed"),
    "before the minute after a 429": ([seen(0, status=429), seen(59)], "60.000 s are owed"),
    "too soon after a failure": ([seen(0, status=500), seen(4)], "5.000 s are owed"),
    "while the breaker is open": ([*faults(5), seen(60)], "300.000 s are owed"),
    "while it is open for refusals": ([*faults(4, 403), *[seen(70, status=429), seen(140)]], "300.000 s are owed"),
    "while it is open for the second time": ([*faults(5), seen(341, status=500), seen(700)], "600.000 s are owed"),
    "on the day after a challenge": ([seen(0, status=200, challenge=True), seen(4000)], "86400.000 s are owed"),
}


@pytest.mark.parametrize("case", GOOD)
def test_a_good_record_passes(case: str) -> None:
    assert violations(GOOD[case], RULES) == []


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_a_rule_is_found(case: str) -> None:
    record, said = BROKEN[case]
    (found,) = violations(record, RULES)
    assert said in found


def test_pace_is_a_factor_on_every_delay() -> None:
    hurried = Rules({}, {}, pace=0.1)
    assert violations([seen(0, 0.01), seen(0.22)], hurried) == []
    assert len(violations([seen(0, 0.01), seen(0.2)], hurried)) == 1


def test_an_answer_of_a_hurried_web_was_hurried_itself() -> None:
    hurried = Rules({}, {}, pace=0.1)
    assert violations([seen(0), seen(0.61)], hurried) == []
    assert len(violations([seen(0), seen(0.59)], hurried)) == 1


def test_two_of_a_key_may_be_in_flight_and_not_three() -> None:
    a, b, c, d = (seen(n / 10, 1, host) for n, host in enumerate([*SHARED.keys]))
    assert violations([a, b, d], SHARED) == []
    assert violations([a, b, d, c], SHARED) == ["see: 3 in flight at 0.200"]


def test_who_comes_when_another_of_the_key_has_just_ended_is_no_third() -> None:
    assert (
        violations([seen(0, 1, "a.see.example"), seen(0, 2, "b.see.example"), seen(1, 1, "c.see.example")], SHARED)
        == []
    )


def test_the_least_time_of_a_host_is_its_answers_and_the_rests_between() -> None:
    record = [seen(0, 1), seen(100, 2), seen(200, 3)]
    assert least_seconds(record, RULES) == pytest.approx((1 + 5) + (2 + 10) + 3)
    assert crawl_seconds(record) == 203


def test_the_least_time_of_a_crawl_is_that_of_its_slowest_host() -> None:
    assert least_seconds([seen(0), seen(3), seen(0, 7, "www.other.example")], RULES) == 7


def test_the_least_time_of_a_key_is_that_of_two_at_once() -> None:
    record = [seen(10 * n, 8, f"{name}.see.example") for n, name in enumerate("abc")]
    assert least_seconds(record, SHARED) == 12
