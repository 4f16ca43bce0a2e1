"""How long to stay away from a host."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitality_lib.settings import Settings, load
from vitality_lib.web import manners

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WEEK = 7 * 86400.0


def hurried(pace: float) -> Settings:
    return load(pace=pace, resolve="*=127.0.0.1:8000")


def test_two_requests_are_two_seconds_apart() -> None:
    assert manners.gap(load(), None) == 2.0


def test_a_longer_crawl_delay_counts_and_a_shorter_one_does_not() -> None:
    assert manners.gap(load(), 10.0) == 10.0
    assert manners.gap(load(), 0.5) == 2.0


RESTS = {
    "two seconds after a fast answer": (0.1, 2.0),
    "five times a slow answer": (3.0, 15.0),
    "a minute at most": (25.0, 60.0),
}


@pytest.mark.parametrize("case", RESTS)
def test_a_host_rests_after_its_answer(case: str) -> None:
    took, rest = RESTS[case]
    assert manners.rest(load(), took) == rest


def test_pace_is_a_factor_on_every_delay() -> None:
    assert manners.gap(hurried(0.1), 10.0) == pytest.approx(1.0)
    assert manners.rest(hurried(0.1), 0.01) == pytest.approx(0.2)
    assert manners.rest(hurried(0.1), 3.0) == pytest.approx(6.0)


def test_an_answer_of_a_hurried_web_was_hurried_itself() -> None:
    assert manners.rest(hurried(0.1), 0.3) == pytest.approx(1.5)


RETRY_AFTER = {
    "seconds": ("120", 120.0),
    "no seconds": ("0", 0.0),
    "seconds with blanks": (" 120 ", 120.0),
    "a week at most": ("9999999", WEEK),
    "more digits than a number has": ("9" * 5000, WEEK),
    "a date": ("Tue, 24 Nov 2026 12:10:00 GMT", 600.0),
    "a date in the form of RFC 850": ("Tuesday, 24-Nov-26 12:10:00 GMT", 600.0),
    "a date in the form of asctime": ("Tue Nov 24 12:10:00 2026", 600.0),
    "a date with an offset": ("Tue, 24 Nov 2026 07:10:00 -0500", 600.0),
    "a date without a zone": ("Tue, 24 Nov 2026 12:10:00 -0000", 600.0),
    "a date that is past": ("Mon, 23 Nov 2026 12:10:00 GMT", 0.0),
    "a date in years": ("Tue, 24 Nov 2037 12:10:00 GMT", WEEK),
    "nothing": ("", None),
    "a word": ("soon", None),
    "less than nothing": ("-5", None),
    "a fraction": ("1.5", None),
    "digits of another script": ("١٢", None),
    "no such hour": ("Tue, 24 Nov 2026 99:10:00 GMT", None),
    "a year beyond all numbers": ("Tue, 24 Nov 99999999999999999999 12:10:00 GMT", None),
    "an offset beyond all numbers": ("Tue, 24 Nov 2026 12:10:00 +999999999999999999999", None),
}


@pytest.mark.parametrize("case", RETRY_AFTER)
def test_retry_after_is_read_in_both_its_forms(case: str) -> None:
    value, seconds = RETRY_AFTER[case]
    assert manners.retry_after(value, NOW) == seconds


@given(st.text(alphabet="0123456789 ,:+-GMTueNovd", max_size=40))
def test_retry_after_is_never_less_than_nothing_nor_more_than_a_week(value: str) -> None:
    seconds = manners.retry_after(value, NOW)
    assert seconds is None or 0.0 <= seconds <= WEEK


PLATFORMS = {
    "by a site's own name": (("st-brendan.ecatholic.com",), "ecatholic"),
    "by the platform's name itself": (("squarespace.com",), "squarespace"),
    "by the name that the alias leads to": (("www.st-brendan.example", "ext-sq.squarespace.com"), "squarespace"),
    "by an alias of several labels": (("www.st-brendan.example", "ghs.google.com"), "blogspot"),
    "not by a name that merely ends so": (("notecatholic.com",), None),
    "not by a name that merely begins so": (("ecatholic.com.example",), None),
    "none": (("www.st-brendan.example",), None),
}


@pytest.mark.parametrize("case", PLATFORMS)
def test_a_hosting_platform_is_known(case: str) -> None:
    names, platform = PLATFORMS[case]
    assert manners.platform_of(*names) == platform
