"""Two pages of one parish that cannot both be right."""

import pytest
from shorthand import shorthand

from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.schedules.contradictions import PageServices, Settled, settle

HOME, TIMES, THIRD = "https://fictus.example/", "https://fictus.example/mass-times", "https://fictus.example/bulletin"


def mass(start: str, *days: Day, method: str = "lines", confidence: float = 0.9, **others: object) -> Service:
    quote = Evidence(start, "", start, 0, 5, method, confidence)
    service = Service(ServiceType.MASS, Recurrence(days or (Day.SU,)), start, evidence=(quote,))
    return service if not others else Service(**{**vars(service), **others})  # type: ignore[arg-type]


def kept(settled: Settled) -> list[str]:
    return sorted(shorthand(service) for service in settled.services)


def test_what_only_one_page_states_is_no_contradiction() -> None:
    settled = settle([PageServices(HOME, (mass("08:00"),)), PageServices(TIMES, (mass("08:00"), mass("10:30")))])
    assert kept(settled) == ["mass SU 08:00", "mass SU 10:30"]
    assert settled.contradictions == ()


def test_a_page_about_schedules_beats_the_homepage() -> None:
    settled = settle(
        [
            PageServices(HOME, (mass("08:00"), mass("10:00"))),
            PageServices(TIMES, (mass("08:30"), mass("10:00")), about_schedules=True),
        ]
    )
    (found,) = settled.contradictions
    assert kept(settled) == ["mass SU 08:30", "mass SU 10:00"]
    assert (found.better.url, found.better.starts) == (TIMES, ("08:30", "10:00"))
    assert (found.worse.url, found.worse.starts) == (HOME, ("08:00", "10:00"))
    assert "about schedules" in found.why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (mass("08:00"), mass("12:30")),
        (mass("08:00", church="Holy Lamp"), mass("08:30", church="St. Fictus")),
        (mass("08:00"), mass("08:30", language="pl")),
        (mass("08:00"), mass("08:30", recurrence=Recurrence((Day.SU,), season="summer"))),
        (mass("08:00"), mass("08:30", recurrence=Recurrence((Day.SU,), ("1",)))),
        (mass("08:00"), mass("08:30", type=ServiceType.CONFESSION)),
    ],
    ids=["hours apart", "church", "language", "season", "week of the month", "type"],
)
def test_services_that_can_both_hold_are_both_kept(first: Service, second: Service) -> None:
    settled = settle([PageServices(HOME, (first,)), PageServices(TIMES, (second,), about_schedules=True)])
    assert len(settled.services) == 2
    assert settled.contradictions == ()


def test_a_newer_date_wins_whatever_the_page() -> None:
    settled = settle(
        [
            PageServices(HOME, (mass("09:00"),), said_on="2026-09-07"),
            PageServices(TIMES, (mass("08:00"), mass("10:00")), about_schedules=True, said_on="2025-07"),
        ]
    )
    assert kept(settled) == ["mass SU 09:00"]
    assert settled.contradictions[0].why == "it holds from 2026-09-07, the other from 2025-07"


def test_a_superseded_page_only_fills_gaps() -> None:
    old = PageServices(THIRD, (mass("07:00"), mass("09:00"), mass("18:00", Day.TU)), superseded=True)
    settled = settle([old, PageServices(HOME, (mass("09:00"),))])
    assert kept(settled) == ["mass SU 09:00", "mass TU 18:00"]


@pytest.mark.parametrize(
    ("loser", "winner", "why"),
    [
        (mass("08:00", method="prose"), mass("08:30", method="table"), "table or a list"),
        (mass("08:00", confidence=0.6), mass("08:30", confidence=0.95), "more surely"),
    ],
)
def test_evidence_decides_between_pages_of_one_kind(loser: Service, winner: Service, why: str) -> None:
    pages = [PageServices(HOME, (loser,)), PageServices(TIMES, (winner,))]
    for settled in (settle(pages), settle(pages[::-1])):
        assert kept(settled) == ["mass SU 08:30"]
        assert why in settled.contradictions[0].why


def test_two_pages_outweigh_one() -> None:
    settled = settle(
        [PageServices(HOME, (mass("08:00"),)), *(PageServices(url, (mass("08:30"),)) for url in (TIMES, THIRD))]
    )
    assert kept(settled) == ["mass SU 08:30"]
    assert {found.why for found in settled.contradictions} == {"more pages state it"}


def test_where_nothing_decides_both_are_kept_and_shown() -> None:
    settled = settle([PageServices(HOME, (mass("08:00"),)), PageServices(TIMES, (mass("08:30"),))])
    assert kept(settled) == ["mass SU 08:00", "mass SU 08:30"]
    assert [found.decided for found in settled.contradictions] == [False]


def test_only_the_day_in_dispute_is_taken_from_a_service_of_several_days() -> None:
    settled = settle(
        [
            PageServices(HOME, (mass("08:00", Day.MO, Day.FR),)),
            PageServices(TIMES, (mass("08:30", Day.FR),), about_schedules=True),
        ]
    )
    assert kept(settled) == ["mass FR 08:30", "mass MO 08:00"]
