"""Recurrences as rules of dateutil, and RRULEs as recurrences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitality_lib.calendar.rules import WEEK, NotPureError, recurrence_of, rule_of, weeks_are_guessed
from vitality_lib.models import Day, Recurrence

FIRST, LAST = date(2025, 3, 5), date(2025, 12, 31)

weekdays = st.lists(st.sampled_from(WEEK), min_size=1, unique=True).map(tuple)
ordinals = st.lists(st.sampled_from(["1", "2", "3", "4", "5", "last"]), min_size=1, unique=True).map(tuple)
month_days = st.lists(st.sampled_from([*range(1, 32), -1]), min_size=1, unique=True).map(tuple)
recurrences = st.one_of(
    st.builds(Recurrence, days=weekdays),
    st.builds(Recurrence, days=weekdays, ordinals=ordinals),
    st.builds(Recurrence, days=weekdays, weeks=st.integers(2, 5), anchor=st.just("2025-01-15")),
    st.builds(Recurrence, days=st.just(()) | weekdays, month_days=month_days),
)


@pytest.mark.parametrize(
    ("rule", "start", "recurrence"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,FR", FIRST, Recurrence((Day.MO, Day.FR))),
        ("FREQ=WEEKLY", FIRST, Recurrence((Day.WE,))),
        ("FREQ=WEEKLY;WKST=SU;UNTIL=20251231T050000Z;BYDAY=SU", FIRST, Recurrence((Day.SU,), ends="2025-12-31")),
        (
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=WE",
            FIRST,
            Recurrence((Day.WE,), weeks=2, anchor="2025-03-05"),
        ),
        ("FREQ=MONTHLY;BYDAY=+1FR,-1FR", FIRST, Recurrence((Day.FR,), ("1", "last"))),
        ("FREQ=MONTHLY;BYMONTHDAY=13,-1", FIRST, Recurrence(month_days=(13, -1))),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", FIRST, Recurrence((Day.FR,), month_days=(13,))),
    ],
)
def test_an_rrule_is_read(rule: str, start: date, recurrence: Recurrence) -> None:
    assert recurrence_of(rule, start) == recurrence


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
        "FREQ=WEEKLY;COUNT=4;BYDAY=SU",
        "FREQ=WEEKLY;BYDAY=1SU",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=1SU,2MO",
        "FREQ=MONTHLY;BYDAY=-2SU",
        "FREQ=MONTHLY;BYDAY=SU",
        "FREQ=MONTHLY;BYDAY=1SU;BYMONTHDAY=1,2",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU",
        "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",  # whose weeks begin on Monday
        "BYDAY=SU",
        "",
    ],
)
def test_a_rule_that_no_recurrence_says_is_refused(rule: str) -> None:
    with pytest.raises(NotPureError, match="no recurrence says"):
        recurrence_of(rule, FIRST)


@given(recurrences)
def test_what_becomes_a_rule_and_a_recurrence_again_means_the_same_days(recurrence: Recurrence) -> None:
    rule = rule_of(recurrence, FIRST, LAST)
    assert rule is not None
    start, text = str(rule).removeprefix("DTSTART:").split("\nRRULE:")
    again = recurrence_of(text, date.fromisoformat(start[:8]))
    assert list(rule_of(again, FIRST, LAST) or ()) == list(rule)


def test_holy_days_alone_are_no_rule() -> None:
    assert rule_of(Recurrence((Day.HOLYDAY, Day.HOLYDAY_EVE)), FIRST, LAST) is None
    assert rule_of(Recurrence(), FIRST, LAST) is None


def test_an_ordinal_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no such week of the month: '6'; write 1 to 5, or last"):
        rule_of(Recurrence((Day.SU,), ("6",)), FIRST, LAST)


def test_every_other_week_is_a_guess_only_without_an_anchor() -> None:
    assert weeks_are_guessed(Recurrence((Day.SU,), weeks=2))
    assert not weeks_are_guessed(Recurrence((Day.SU,), weeks=2, anchor="2025-01-05"))
    assert not weeks_are_guessed(Recurrence((Day.SU,)))
