"""Data quality: each check finds the fault that was put there, and says of how many rows it could judge."""

from __future__ import annotations

import pytest
from fictional_country import NOON, Country

from vitality_lib.reports.figures import Measure
from vitality_lib.reports.share import Share
from vitality_lib.store.checks.every import CHECKS

EXPECTED = {
    "parish_without_street": Share(2, 5),
    "parish_without_city": Share(0, 5),
    "parish_without_state": Share(3, 5),
    "parish_without_zip": Share(2, 5),
    "parish_without_phone": Share(3, 5),
    "parish_without_website": Share(1, 5),
    "zip_malformed": Share(1, 3),
    "state_malformed": Share(0, 2),
    "parish_without_coordinates": Share(3, 5),
    "coordinates_outside_us": Share(1, 2),
    "coordinates_shared": Share(0, 2),
    "address_shared": Share(2, 3),
    "phone_shared": Share(2, 2),
    "website_shared": Share(2, 4),
    "no_sunday_mass": Share(1, 2),
    "crowded_parish": Share(0, 3),
    "parish_stale": Share(2, 4),
    "directory_stale": Share(0, 1),
    "diocese_without_website": Share(1, 2),
    "diocese_held": Share(0, 2),
    "service_without_start": Share(0, 7),
    "service_without_day": Share(0, 7),
    "service_without_end": Share(1, 3),
    "ends_before_start": Share(1, 1),
    "mass_at_odd_hour": Share(1, 4),
    "confession_very_long": Share(0, 1),
    "service_twice": Share(0, 7),
    "service_without_evidence": Share(1, 7),
    "evidence_doubtful": Share(1, 6),
    "language_unknown": Share(0, 7),
}


async def measured(country: Country) -> dict[str, Measure]:
    return {measure.key: measure for measure in (await country.report()).figures.quality}


async def test_checks_count_as_one_would_by_hand(country: Country) -> None:
    found = await measured(country)
    assert {key: found[key].share for key in EXPECTED} == EXPECTED


async def test_examples_name_the_row_and_its_diocese(country: Country) -> None:
    found = await measured(country)
    assert found["coordinates_outside_us"].samples == ("St. Clare, Diocese of Larkspur",)
    assert found["mass_at_odd_hour"].samples == ("Mass on Wednesday, St. Brendan, Diocese of Larkspur",)
    assert found["diocese_without_website"].samples == ("Diocese of Tamarack",)


async def test_the_report_holds_every_check(country: Country) -> None:
    found = (await country.report()).figures.quality
    assert [measure.key for measure in found] == [check.key for check in CHECKS]
    assert {measure.of for measure in found} >= {"parishes", "services", "dioceses"}


@pytest.mark.parametrize(
    ("key", "service"),
    [
        ("service_without_start", {"start_time": None}),
        ("service_without_day", {"days": [], "start_time": "08:00"}),
        ("confession_very_long", {"type": "confession", "start_time": "09:00", "end_time": "16:00"}),
        ("language_unknown", {"language": "und", "start_time": "09:00"}),
    ],
)
async def test_a_faulty_service_is_found(empty_country: Country, key: str, service: dict[str, object]) -> None:
    parish = await empty_country.parish(await empty_country.diocese("Diocese of Larkspur"), "St. Anne")
    await empty_country.service(parish, **service)
    assert (await measured(empty_country))[key].share.part == 1


async def test_a_note_explains_a_service_without_time_and_day(empty_country: Country) -> None:
    parish = await empty_country.parish(await empty_country.diocese("Diocese of Larkspur"), "St. Anne")
    await empty_country.service(parish, type="confession", days=[], note="by appointment")
    found = await measured(empty_country)
    assert found["service_without_start"].share == Share(0, 1)
    assert found["service_without_day"].share == Share(0, 1)


async def test_the_same_service_in_two_churches_is_no_double(empty_country: Country) -> None:
    parish = await empty_country.parish(await empty_country.diocese("Diocese of Larkspur"), "St. Anne")
    for name in ("St. Anne", "Chapel of the Elms"):
        church = await empty_country.add("churches", parish_id=parish, name=name)
        await empty_country.service(parish, church_id=church, start_time="08:00")
    assert (await measured(empty_country))["service_twice"].share == Share(0, 2)
    await empty_country.service(parish, church_id=church, start_time="08:00")
    assert (await measured(empty_country))["service_twice"].share == Share(2, 3)


@pytest.mark.parametrize(
    ("place", "outside"),
    [
        ((38.6, -90.2), 0),  # Missouri
        ((61.2, -149.9), 0),  # Alaska
        ((52.9, 173.2), 0),  # Attu, west of the 180th meridian
        ((21.3, -157.9), 0),  # Hawaii
        ((18.4, -66.1), 0),  # Puerto Rico
        ((13.5, 144.8), 0),  # Guam
        ((38.6, 90.2), 1),  # the sign of the longitude was lost
        ((0.0, 0.0), 1),
    ],
)
async def test_the_united_states_are_where_they_are(
    empty_country: Country, place: tuple[float, float], outside: int
) -> None:
    larkspur = await empty_country.diocese("Diocese of Larkspur")
    await empty_country.parish(larkspur, "St. Anne", latitude=place[0], longitude=place[1])
    assert (await measured(empty_country))["coordinates_outside_us"].share == Share(outside, 1)


async def test_a_vigil_is_a_sunday_mass(empty_country: Country) -> None:
    parish = await empty_country.parish(await empty_country.diocese("Diocese of Larkspur"), "St. Anne")
    await empty_country.service(parish, days=["SA"], start_time="08:00")
    assert (await measured(empty_country))["no_sunday_mass"].share == Share(1, 1)
    await empty_country.service(parish, days=["SA"], start_time="15:30", vigil=True)
    assert (await measured(empty_country))["no_sunday_mass"].share == Share(0, 1)


async def test_never_confirmed_is_stale(empty_country: Country) -> None:
    larkspur = await empty_country.diocese("Diocese of Larkspur")
    seen = await empty_country.parish(larkspur, "St. Anne", website="https://anne.example")
    await empty_country.parish(larkspur, "St. Brendan", website="https://brendan.example")
    await empty_country.visit("schedule", "parish", seen, NOON)
    assert (await measured(empty_country))["parish_stale"].samples == ("St. Brendan, Diocese of Larkspur",)
