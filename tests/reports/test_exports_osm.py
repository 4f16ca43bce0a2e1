"""What a mapper is told to enter as `service_times`, and what is left for a person to say."""

from __future__ import annotations

from typing import Any

import opening_hours_reader
import pytest
from invented_parishes import CHAPEL, FIRST, mass, parish

from vitality_lib.models import Day, Recurrence, Service, ServiceType
from vitality_lib.reports.exports.churches import churches_of
from vitality_lib.reports.exports.osm import suggestion

SU, MO, TU, WE, TH, FR, SA = (Day(name) for name in ("SU", "MO", "TU", "WE", "TH", "FR", "SA"))
WEEKDAYS = (MO, TU, WE, TH, FR)


def of(*services: Service, **entry: Any) -> dict[str, Any]:
    """The suggestion for the first church of a parish with these services."""
    return suggestion(next(churches_of(parish(1, services, 1, **entry))), FIRST)


def value(*services: Service) -> str:
    record = of(*services)
    assert not record["unsaid"]
    return record["tags"]["service_times"]


def test_times_of_one_day_stand_together_and_days_with_the_same_times_are_a_range() -> None:
    assert value(mass(SU), mass(SU, start="10:30"), mass(*WEEKDAYS, start="07:00"), mass(SA, start="17:00")) == (
        "Mo-Fr 07:00; Sa 17:00; Su 08:00,10:30"
    )
    assert value(mass(MO), mass(TU), mass(FR)) == "Mo,Tu,Fr 08:00"


def test_what_comes_on_some_weeks_or_in_a_part_of_the_year_is_added_and_replaces_nothing() -> None:
    assert value(mass(FR), mass(FR, start="19:00", ordinals=("1",))) == "Fr 08:00, Fr[1] 19:00"
    assert value(mass(SU), mass(SU, start="19:00", season="july..august")) == "Su 08:00, Jul-Aug Su 19:00"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"ordinals": ("1", "3")}, "Fr[1,3]"),
        ({"ordinals": ("2", "last")}, "Fr[2,-1]"),
        ({"exceptions": ("1FR",)}, "Fr[2-5]"),
        ({"exceptions": ("2FR", "1SU")}, "Fr[1,3,4,5]"),
        ({"season": "lent"}, "easter -46 days-easter -1 day,easter -1 day Fr"),
        ({"season": "good_friday"}, "easter -2 days Fr"),
        ({"season": "05-15..09-30"}, "May 15-Sep 30 Fr"),
        ({"season": "12-24"}, "Dec 24 Fr"),
        ({"season": "may"}, "May 01-May 31 Fr"),
        ({"season": "november..february"}, "Nov-Feb Fr"),
        ({"begins": "2027-01-08", "ends": "2027-03-26"}, "2027 Jan 08-2027 Mar 26 Fr"),
        ({"begins": "2020-01-03"}, "Fr"),
    ],
)
def test_rules_that_can_be_said(rule: dict[str, Any], days: str) -> None:
    assert value(mass(FR, **rule)) == f"{days} 08:00"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"weeks": 2, "anchor": "2026-11-27"}, "every other week"),
        ({"season": "advent"}, "advent has no fixed date"),
        ({"season": "memorial_day..labor_day"}, "has no fixed date"),
        ({"season": "10-01..easter"}, "over New Year"),
        ({"exceptions": ("HOLYDAY",)}, "leaves out HOLYDAY"),
        ({"exceptions": ("lastFR",)}, "the fourth or the fifth"),
        ({"exceptions": ("5FR",), "ordinals": ("last",)}, "the fourth or the fifth"),
        ({"begins": "2027-01-08"}, "from a day on"),
        ({"ends": "2025-01-03"}, "it ended on 2025-01-03"),
        ({"month_days": (-1,)}, "last day of a month"),
    ],
)
def test_rules_that_cannot_be_said_are_listed_with_why(rule: dict[str, Any], why: str) -> None:
    record = of(mass(SU), mass(*(() if "month_days" in rule else (FR,)), **rule))
    assert record["tags"] == {"service_times": "Su 08:00"}
    assert record["services"] == [1000]
    (unsaid,) = record["unsaid"]
    assert (unsaid["service"], unsaid["words"].startswith("Mass")) == (1001, True)
    assert why in unsaid["why"]


def test_holy_days_are_no_public_holidays() -> None:
    record = of(mass(TU, Day.HOLYDAY))
    assert record["tags"] == {"service_times": "Tu 08:00"}
    assert [one["why"] for one in record["unsaid"]] == [
        "only its weekdays are said: holy days of obligation have no name there"
    ]
    assert of(mass(Day.HOLYDAY))["tags"] == {}


def test_a_mass_whose_end_is_known_is_a_stretch_that_may_run_into_the_next_day() -> None:
    late = Service(ServiceType.MASS, Recurrence((SA,)), "23:30", "00:30", nights=1)
    assert value(mass(SU), late) == "Sa 23:30-24:30, Su 08:00"  # after `; ` Sunday would cut it off


def test_only_masses_are_service_times() -> None:
    record = of(Service(ServiceType.CONFESSION, Recurrence((SA,)), "15:00"))
    assert record["tags"] == {}
    assert "no other key is documented" in record["unsaid"][0]["why"]


def test_a_tag_is_no_longer_than_openstreetmap_takes_it_and_every_week_comes_first() -> None:
    many = [mass(FR, start=f"{hour:02d}:{minute:02d}", ordinals=("1",)) for hour in range(9, 21) for minute in (0, 20)]
    often = [*many, mass(TH, ordinals=("2",), start="10:00"), *[mass(WE, start=f"{hour:02d}:00") for hour in range(24)]]
    record = of(*often, mass(SU))
    assert len(record["tags"]["service_times"]) <= 255
    assert opening_hours_reader.happenings(record["tags"]["service_times"], FIRST, FIRST, "America/Chicago") == set()
    assert 1000 + len(often) in record["services"]
    assert len(record["services"]) + len(record["unsaid"]) == len(often) + 1
    assert "no room" in record["unsaid"][0]["why"]


def test_coordinates_are_those_of_the_church_or_none() -> None:
    point = {"latitude": 41.9, "longitude": -87.6}
    own, chapel = churches_of(parish(1, [mass(SU), mass(SA, church=CHAPEL)], 1, **point))
    assert (suggestion(own, FIRST)["latitude"], suggestion(own, FIRST)["church"]) == (41.9, "St. Brendan")
    assert (suggestion(chapel, FIRST)["latitude"], suggestion(chapel, FIRST)["church"]) == (None, CHAPEL)
