"""When a host has failed often enough to be left alone."""

import pytest

from vitality_lib.models import Reason
from vitality_lib.web.breaker import is_fault, pause

FAULTS = {
    "no name": (Reason.DNS_FAILURE, 0),
    "no connection": (Reason.CONNECTION_FAILURE, 0),
    "no TLS": (Reason.TLS_FAILURE, 0),
    "no answer in time": (Reason.TIMEOUT, 0),
    "a server error": (Reason.HTTP_ERROR, 500),
    "an overloaded server": (Reason.HTTP_ERROR, 503),
}
NO_FAULTS = {
    "a page": (Reason.HTTP_ERROR, 200),
    "a redirect": (Reason.HTTP_ERROR, 301),
    "a missing page": (Reason.HTTP_ERROR, 404),
    "a refusal": (Reason.HTTP_ERROR, 403),
    "too many requests": (Reason.HTTP_ERROR, 429),
    "a page that is too large": (Reason.TOO_LARGE, 0),
    "a page that is a picture": (Reason.UNREADABLE, 0),
    "an address of our own making": (Reason.FORBIDDEN_ADDRESS, 0),
}


@pytest.mark.parametrize("case", FAULTS)
def test_it_counts_against_the_host(case: str) -> None:
    assert is_fault(*FAULTS[case])


@pytest.mark.parametrize("case", NO_FAULTS)
def test_it_does_not_count_against_the_host(case: str) -> None:
    assert not is_fault(*NO_FAULTS[case])


@pytest.mark.parametrize("failures", range(5))
def test_the_breaker_stays_closed_before_the_fifth_failure_in_a_row(failures: int) -> None:
    assert pause(failures) == 0


def test_the_pause_begins_with_five_minutes_doubles_and_ends_at_six_hours() -> None:
    assert [pause(failures) for failures in range(5, 13)] == [300, 600, 1200, 2400, 4800, 9600, 19200, 21600]
    assert pause(10**9) == 21600
