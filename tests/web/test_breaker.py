"""When a host has failed or refused us often enough to be left alone."""

from uuid import uuid4

import pytest
from answers import PARISH, answer

from vitality_lib.models import Outcome, Reason
from vitality_lib.store.turns import Rest, Turn
from vitality_lib.web.breaker import BreakerChange, change, failures_after, fault, pause
from vitality_lib.web.client import Answer

DAY = 24 * 3600
CHALLENGE = answer("<title>Just a moment...</title>", 503)
FAULTS: dict[str, tuple[Answer | Outcome, Reason]] = {
    "no name": (Outcome(Reason.DNS_FAILURE, PARISH), Reason.DNS_FAILURE),
    "no connection": (Outcome(Reason.CONNECTION_FAILURE, PARISH), Reason.CONNECTION_FAILURE),
    "no TLS": (Outcome(Reason.TLS_FAILURE, PARISH), Reason.TLS_FAILURE),
    "no answer in time": (Outcome(Reason.TIMEOUT, PARISH), Reason.TIMEOUT),
    "a server error": (answer("", 500), Reason.HTTP_ERROR),
    "an overloaded server": (answer("", 503), Reason.HTTP_ERROR),
    "a refusal": (answer("", 403), Reason.BLOCKED),
    "too many requests": (answer("", 429), Reason.BLOCKED),
    "a challenge": (CHALLENGE, Reason.BLOCKED),
    "a challenge that says all is well": (answer("<title>Just a moment...</title>", 200), Reason.BLOCKED),
}
NO_FAULTS: dict[str, Answer | Outcome] = {
    "a page": answer("<h1>Mass Times"),
    "a redirect": answer("", 301),
    "a missing page": answer("", 404),
    "a page for members": answer("", 401),
    "a page that is too large": Outcome(Reason.TOO_LARGE, PARISH),
    "a page that is a picture": Outcome(Reason.UNREADABLE, PARISH),
    "an address of our own making": Outcome(Reason.FORBIDDEN_ADDRESS, PARISH),
}


@pytest.mark.parametrize("case", FAULTS)
def test_it_counts_against_the_host(case: str) -> None:
    given, reason = FAULTS[case]
    assert fault(given) is reason
    assert failures_after(given, 5) == 6


@pytest.mark.parametrize("case", NO_FAULTS)
def test_it_does_not_count_against_the_host_and_forgets_what_did(case: str) -> None:
    assert fault(NO_FAULTS[case]) is None
    assert failures_after(NO_FAULTS[case], 5) == 0


BROKEN = answer("", 500)


@pytest.mark.parametrize("failures", range(5))
def test_the_breaker_stays_closed_before_the_fifth_failure_in_a_row(failures: int) -> None:
    assert pause(BROKEN, failures) == 0


def test_the_pause_begins_with_five_minutes_doubles_and_ends_at_six_hours() -> None:
    pauses = [pause(BROKEN, failures) for failures in range(5, 13)]
    assert pauses == [300, 600, 1200, 2400, 4800, 9600, 19200, 21600]
    assert pause(BROKEN, 10**9) == 21600


def test_a_challenge_opens_it_for_a_day_and_the_next_failure_opens_it_again() -> None:
    failures = failures_after(CHALLENGE, 0)
    assert pause(CHALLENGE, failures) == DAY
    assert pause(BROKEN, failures_after(BROKEN, failures)) == 600


TURN = {count: Turn(uuid4(), "parish.example", count, 2) for count in (0, 4, 5, 9)}


@pytest.mark.parametrize(
    ("before", "rest", "told"),
    [
        (4, Rest(2.0, 5, 300.0, "timeout"), BreakerChange("parish.example", True, "timeout", 5, 300.0)),
        (9, Rest(2.0, 10, 9600.0, "timeout"), BreakerChange("parish.example", True, "timeout", 10, 9600.0)),
        (5, Rest(2.0), BreakerChange("parish.example", False)),
        (0, Rest(2.0), None),
        (4, Rest(2.0), None),
        (0, Rest(2.0, 1), None),
        (5, Rest(2.0, learnt=False), None),
    ],
    ids=["opens", "opens once more", "closes", "stays closed", "was not open", "a first failure", "interrupted"],
)
def test_what_the_end_of_a_turn_changes_is_told(before: int, rest: Rest, told: BreakerChange | None) -> None:
    assert change(TURN[before], rest) == told
