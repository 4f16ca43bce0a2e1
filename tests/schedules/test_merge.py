"""One service said several times."""

from dataclasses import replace

from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.schedules.merge import merge


def evidence(page: str, start: int) -> Evidence:
    return Evidence(page, f"https://fictus.example/{page}", "9:00 am", start, start + 7, "lines", 0.9)


MASS = Service(ServiceType.MASS, Recurrence((Day.SU,)), "09:00", evidence=(evidence("home", 10),))


def test_the_same_service_on_two_pages_is_one_with_two_pieces_of_evidence() -> None:
    again = replace(MASS, evidence=(evidence("times", 500),))
    (merged,) = merge([(MASS,), (again,)])
    assert merged.evidence == (*MASS.evidence, *again.evidence)


def test_what_only_one_page_states_is_taken_over() -> None:
    fuller = replace(MASS, church="Holy Lamp", end="10:00", language="es", evidence=(evidence("times", 500),))
    (merged,) = merge([(MASS,), (fuller,)])
    assert (merged.church, merged.end, merged.language) == ("Holy Lamp", "10:00", "es")


def test_a_church_is_the_same_in_capitals() -> None:
    (merged,) = merge([(replace(MASS, church="Holy Lamp"), replace(MASS, church="HOLY LAMP"))])
    assert merged.church == "Holy Lamp"


def test_a_contradiction_keeps_both() -> None:
    for other in (
        replace(MASS, church="Holy Lamp"),
        replace(MASS, end="10:30", church="St. Fictus"),
        replace(MASS, language="pl", church="St. Fictus"),
    ):
        first = replace(MASS, church="St. Fictus", end="10:00", language="es")
        assert len(merge([(first, other)])) == 2


def test_two_languages_in_one_breath_are_two_masses() -> None:
    polish = replace(MASS, language="pl", evidence=(evidence("home", 30),))
    assert len(merge([(MASS, polish)])) == 2


def test_another_day_week_season_or_time_is_another_service() -> None:
    for other in (
        replace(MASS, recurrence=Recurrence((Day.SA,))),
        replace(MASS, recurrence=Recurrence((Day.SU,), ("1",))),
        replace(MASS, recurrence=Recurrence((Day.SU,), season="summer")),
        replace(MASS, start="10:00"),
        replace(MASS, type=ServiceType.CONFESSION),
    ):
        assert merge([(MASS, other)]) == (MASS, other)


def test_services_keep_the_order_of_first_mention() -> None:
    early = replace(MASS, start="07:00")
    assert merge([(MASS,), (early, MASS)]) == (MASS, early)


def test_some_days_of_a_service_are_that_service() -> None:
    weekdays = replace(MASS, recurrence=Recurrence((Day.MO, Day.WE, Day.FR)))
    friday = replace(MASS, recurrence=Recurrence((Day.FR,)), evidence=(evidence("times", 500),))
    for order in ((weekdays, friday), (friday, weekdays)):
        (merged,) = merge([order])
        assert merged.recurrence.days == (Day.MO, Day.WE, Day.FR)
        assert set(merged.evidence) == {*weekdays.evidence, *friday.evidence}


def test_some_days_with_something_of_their_own_stay_a_service() -> None:
    weekdays = replace(MASS, recurrence=Recurrence((Day.MO, Day.FR)))
    for other in (replace(MASS, church="Holy Lamp"), replace(MASS, language="es"), replace(MASS, start="10:00")):
        friday = replace(other, recurrence=Recurrence((Day.FR,)))
        assert merge([(weekdays, friday)]) == (weekdays, friday)


def test_a_week_of_the_month_or_a_season_is_no_part_of_every_week() -> None:
    weekdays = replace(MASS, recurrence=Recurrence((Day.MO, Day.FR)))
    for rule in (Recurrence((Day.FR,), ("1",)), Recurrence((Day.FR,), season="lent"), Recurrence((Day.FR,), weeks=2)):
        assert len(merge([(weekdays, replace(MASS, recurrence=rule))])) == 2
