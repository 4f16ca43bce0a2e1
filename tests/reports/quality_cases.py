"""For each check a row that fails it and one that passes: what is put into the tables besides the usual country.

The usual country is one diocese with a directory and one parish with everything in order, a Sunday Mass and its
evidence from a page that is kept. A case changes rows of it (`diocese`, `directory`, `parish`, `service`, `evidence`,
`page`, `visit`, `outcome`, `directory_visit`, `directory_outcome`), or adds rows (`more`: table and values).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fictional_country import LAST_WEEK, LONG_AGO, NOON

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """How the usual country is otherwise; None in place of a row: it is not there."""

    changed: dict[str, Row | None] = field(default_factory=dict)
    more: tuple[tuple[str, Row], ...] = ()


def has(row: str, **values: Any) -> Case:
    """The row of the usual country with other values."""
    return Case({row: values})


def lacks(*rows: str) -> Case:
    """The usual country without these rows."""
    return Case(dict.fromkeys(rows))


def also(table: str, **values: Any) -> Case:
    """The usual country and another row."""
    return Case(more=((table, values),))


def parishes(*rows: Row, **own: Any) -> Case:
    """The usual parish with its own values, and others in its diocese."""
    return Case({"parish": own}, tuple(("parishes", row) for row in rows))


def masses(count: int, **values: Any) -> Case:
    """So many Masses more, ten minutes apart."""
    times = [f"{6 + minute // 60:02}:{minute % 60:02}" for minute in range(0, count * 10, 10)]
    return Case(more=tuple(("services", {"start_time": time, **values}) for time in times))


USUAL = Case()
_CONFESSION = {"type": "confession", "days": ["SA"], "start_time": "15:00", "end_time": "16:00"}
_ELSEWHERE = {"name": "St. Brendan", "city": "Brookfield", "street": "9 Oak St", "phone": "+13145550109"}
_CORRECTION = {"why": "telephone", "set_by": "ann", "set_at": LONG_AGO, "wrong": "{}"}
_CONTRADICTION = {"place": 1, "type": "mass", "days": ["SU"], "why": "?", "better_url": "https://a.example",
                  "better": "[]", "worse_url": "https://b.example", "worse": "[]", "found_at": LONG_AGO}  # fmt: skip
_POINTS = tuple({"name": f"St. {n}", "latitude": 38.6 + n / 10, "longitude": -90.2} for n in range(4))
_OVERRIDE = {"url": "https://larkspur.example/find", "why": "?", "set_by": "ann", "set_at": LONG_AGO}
_VISIT = {"visited_at": NOON, "interval_hours": 24.0, "due_at": NOON}
_FAR = NOON + timedelta(days=30)

# key: (a country that fails it, one that passes)
CASES: dict[str, tuple[Case, Case]] = {
    # names
    "name_is_no_name": (has("parish", name="Catholic Church"), USUAL),
    "name_in_capitals": (has("parish", name="ST. ANNE PARISH"), has("parish", name="St. ANNE Parish")),
    "name_with_markup": (has("parish", name="St. Anne&nbsp;Parish"), has("parish", name="Sts. Anne & Joachim")),
    "name_very_long": (has("parish", name="St. Anne " * 20), USUAL),
    "name_with_address": (has("parish", name="St. Anne 63001"), has("parish", name="St. John XXIII")),
    "closed_with_services": (
        has("parish", status="closed"),
        Case({"parish": {"status": "closed"}, "service": None, "evidence": None}),
    ),
    # addresses
    "parish_without_street": (has("parish", street=None), USUAL),
    "parish_without_city": (has("parish", city=None), USUAL),
    "parish_without_state": (has("parish", state=None), USUAL),
    "parish_without_zip": (has("parish", zip=None), USUAL),
    "zip_malformed": (has("parish", zip="6300"), has("parish", zip="63001-1234")),
    "state_malformed": (has("parish", state="Mo."), USUAL),
    "state_unknown": (has("parish", state="ZZ"), has("parish", state="PR")),
    "zip_of_another_state": (has("parish", zip="10001"), has("parish", zip="06390", state="NY")),
    "state_not_of_the_diocese": (
        parishes(*({**_ELSEWHERE, "name": f"St. {n}", "state": "MO"} for n in range(9)), state="IL"),
        parishes(*({**_ELSEWHERE, "name": f"St. {n}", "state": "MO"} for n in range(9))),
    ),
    "city_malformed": (has("parish", city="63001"), has("parish", city="O'Fallon")),
    "street_is_post_box": (has("parish", street="P.O. Box 17"), has("parish", street="17 Boxwood Ln")),
    "street_without_number": (has("parish", street="Elm Street"), USUAL),
    # coordinates
    "parish_without_coordinates": (has("parish", latitude=None), USUAL),
    "coordinates_outside_us": (
        has("parish", latitude=48.85, longitude=2.35),
        has("parish", latitude=52.9, longitude=173.2),
    ),
    "coordinates_shared": (
        parishes({**_ELSEWHERE, "latitude": 38.627, "longitude": -90.199}),
        parishes({**_ELSEWHERE, "latitude": 38.628, "longitude": -90.199}),
    ),
    "coordinates_far_off": (parishes(*_POINTS, latitude=47.6, longitude=-122.3), parishes(*_POINTS)),
    "coordinates_rough": (has("parish", latitude=38.6, longitude=-90.2), USUAL),
    # telephone and e-mail
    "parish_without_phone": (has("parish", phone=None), USUAL),
    "parish_without_email": (USUAL, has("parish", email="office@anne.example")),
    "phone_malformed": (has("parish", phone="314 421 0100"), has("parish", phone="+13144210100;ext=5; +13144210101")),
    "phone_made_up": (has("parish", phone="+13144444444"), USUAL),
    "email_malformed": (has("parish", email="office at anne"), has("parish", email="office@anne.example")),
    # websites
    "parish_without_website": (has("parish", website=None), USUAL),
    "website_malformed": (has("parish", website="http://anne"), has("parish", website="http://anne.example:80/a?b=c")),
    "website_is_social": (
        has("parish", website="https://www.facebook.com/anne"),
        has("parish", website="https://fox.com"),
    ),
    "website_is_a_list": (
        has("parish", website="https://maps.google.com/x"),
        has("parish", website="https://sites.example"),
    ),
    "website_is_the_diocese": (
        has("parish", website="http://larkspur.example/"),
        has("parish", website="https://larkspur.example/anne"),
    ),
    "website_of_another_diocese": (
        Case({"parish": {"website": "https://anne.tamarack.example"}},
             (("dioceses", {"name": "Tamarack", "website": "https://www.tamarack.example/"}),)),
        Case({"parish": {"website": "https://anne.larkspur.example"}},
             (("dioceses", {"name": "Tamarack", "website": "https://www.tamarack.example/"}),)),
    ),
    "website_shared": (parishes({**_ELSEWHERE, "website": "http://www.anne.example"}), parishes(_ELSEWHERE)),
    "website_shared_across": (
        Case(more=(("elsewhere", {"website": "https://anne.example/"}),)),
        Case(more=(("elsewhere", {"website": "https://brendan.example/"}),)),
    ),
    # doubles
    "name_twice": (
        parishes({**_ELSEWHERE, "name": "St Anne", "city": "LARKSPUR"}),
        parishes({**_ELSEWHERE, "name": "St. Anne"}),
    ),
    "address_shared": (
        parishes({**_ELSEWHERE, "street": "1 elm st.", "city": "Larkspur"}),
        parishes({**_ELSEWHERE, "street": "1 elm st."}),
    ),
    "phone_shared": (parishes({**_ELSEWHERE, "phone": "314-421-0100"}), parishes(_ELSEWHERE)),
    "parish_in_two_dioceses": (
        Case(more=(("elsewhere", {"name": "St. Anne", "street": "1 Elm St.", "city": "Larkspur"}),)),
        Case(more=(("elsewhere", {"name": "St. Anne", "street": "2 Elm St.", "city": "Larkspur"}),)),
    ),
    # schedules of parishes
    "no_sunday_mass": (
        has("service", days=["SA"], start_time="09:00"),
        has("service", days=["SA"], start_time="17:00"),
    ),
    "parish_without_mass": (has("service", **_CONFESSION), USUAL),
    "parish_without_confession": (USUAL, also("services", **_CONFESSION)),
    "confession_by_appointment_only": (
        also("services", type="confession", days=[], start_time=None, note="by appointment"),
        also("services", **_CONFESSION),
    ),
    "crowded_parish": (masses(40, days=["MO"]), masses(39, days=["MO"])),
    "sunday_masses_too_many": (masses(15), masses(14)),
    "only_seasonal_masses": (
        has("service", season="lent"),
        Case({"service": {"season": "lent"}}, (("services", {"ends": "2031-12-31"}),)),
    ),
    "contradiction_undecided": (
        also("schedule_contradictions", **_CONTRADICTION, decided=False),
        also("schedule_contradictions", **_CONTRADICTION, decided=True),
    ),
    # visits and outcomes of parishes
    "parish_stale": (has("visit", good_at=NOON - timedelta(days=16)), USUAL),
    "parish_never_read": (has("visit", good_at=None), USUAL),
    "parish_overdue": (has("visit", due_at=NOON - timedelta(days=8)), USUAL),
    "ok_without_services": (lacks("service", "evidence"), USUAL),
    "services_against_outcome": (has("outcome", reason="no_schedule_page"), has("outcome", reason="timeout")),
    "no_website_against_record": (has("outcome", reason="no_website"), USUAL),
    # times of services
    "service_without_start": (has("service", start_time=None), has("service", start_time=None, note="after 8:00 Mass")),
    "service_without_end": (also("services", **{**_CONFESSION, "end_time": None}), also("services", **_CONFESSION)),
    "ends_before_start": (has("service", end_time="07:00"), has("service", end_time="07:00", nights=1)),
    "mass_at_odd_hour": (has("service", start_time="04:30"), USUAL),
    "confession_at_odd_hour": (
        also("services", **{**_CONFESSION, "start_time": "03:00"}),
        also("services", **_CONFESSION),
    ),
    "vigil_in_the_morning": (
        has("service", days=["SA"], vigil=True),
        has("service", days=["SA"], vigil=True, start_time="17:00"),
    ),
    "mass_very_long": (has("service", end_time="12:00"), has("service", end_time="09:00")),
    "confession_very_long": (
        also("services", **{**_CONFESSION, "start_time": "09:00"}),
        also("services", **_CONFESSION),
    ),
    "service_very_short": (has("service", end_time="08:05"), has("service", end_time="08:45")),
    "masses_overlap": (also("services", start_time="08:15"), also("services", start_time="08:15", days=["MO"])),
    # rules of services
    "service_without_day": (has("service", days=[]), has("service", days=[], month_days=[13])),
    "ordinal_without_day": (has("service", days=["HOLYDAY"], ordinals=["1"]), has("service", ordinals=["1"])),
    "weeks_unanchored": (has("service", weeks=2), has("service", weeks=2, anchor="2031-05-04")),
    "rule_expired": (has("service", ends="2031-05-05"), has("service", ends="2031-05-06")),
    "rule_ends_before_it_begins": (
        has("service", begins="2031-06-01", ends="2031-05-31"),
        has("service", begins="2031-06-01", ends="2031-06-01"),
    ),
    "rule_far_ahead": (has("service", begins="2032-06-01"), has("service", begins="2031-06-01")),
    "vigil_on_a_weekday": (has("service", days=["TU"], vigil=True), has("service", days=["SA"], vigil=True)),
    "service_twice": (
        Case({"service": {"days": ["SU", "MO"]}}, (("services", {"days": ["MO", "SU"]}),)),
        also("services", language="es"),
    ),
    "language_unknown": (has("service", language="und"), USUAL),
    "language_malformed": (has("service", language="Spanish"), has("service", language="en/es")),
    "service_without_words": (has("service", words=" "), USUAL),
    # evidence
    "service_without_evidence": (lacks("evidence"), USUAL),
    "evidence_doubtful": (has("evidence", confidence=0.4), USUAL),
    "quote_without_time": (has("evidence", quote="Sunday Mass 9:30"), has("evidence", quote="Sunday Mass at 8 am")),
    "type_against_words": (
        has("evidence", quote="Confessions 8:00"),
        has("evidence", quote="Mass 8:00, Confessions before"),
    ),
    "evidence_without_quote": (has("evidence", span_end=0), USUAL),
    "evidence_on_failed_page": (has("page", status=404), USUAL),
    "evidence_page_not_kept": (has("evidence", page_hash="f" * 64), USUAL),
    "evidence_on_another_site": (has("evidence", url="https://clare.example/mass"), USUAL),
    # references
    "church_of_another_parish": (
        Case({"service": {"church_id": "another"}}, (("another_church", {}),)),
        Case({"service": {"church_id": "church"}}, (("churches", {"name": "St. Anne"}),)),
    ),
    "church_without_services": (
        also("churches", name="Old chapel"),
        Case({"service": {"church_id": "church"}}, (("churches", {"name": "St. Anne"}),)),
    ),
    "parish_of_unlisted_diocese": (has("diocese", listed=False), USUAL),
    "visit_of_nothing": (
        also("visits", stage="schedule", unit_kind="parish", unit_id=999_999, **_VISIT),
        USUAL,
    ),
    "parish_from_the_future": (has("parish", first_seen=_FAR), USUAL),
    "service_from_the_future": (has("service", valid_from=_FAR), USUAL),
    "correction_not_needed": (
        also("service_corrections", **_CORRECTION, standing="not_needed"),
        also("service_corrections", **_CORRECTION, standing="used"),
    ),
    "correction_without_match": (
        also("service_corrections", **_CORRECTION, standing="no_match"),
        also("service_corrections", **_CORRECTION, standing="waiting"),
    ),
    # dioceses
    "diocese_without_website": (has("diocese", website=None), USUAL),
    "diocese_without_directory": (lacks("directory"), USUAL),
    "directory_stale": (has("directory_visit", good_at=LONG_AGO), USUAL),
    "directory_platform_unknown": (has("directory", platform=None), USUAL),
    "directory_without_parishes": (lacks("parish", "service", "evidence", "visit", "outcome"), USUAL),
    "directory_shrunk": (has("directory", proved=60), has("directory", proved=2)),
    "diocese_with_few_parishes": (USUAL, parishes(*({"name": f"St. {n}"} for n in range(9)))),
    "diocese_held": (
        also("reviews", run="r", published=1, proposed=9, why="?", entries="[]"),
        also("reviews", run="r", published=1, proposed=9, why="?", entries="[]", decided_at=NOON),
    ),
    "directory_not_readable": (
        has("directory_outcome", reason="timeout"),
        has("directory_outcome", reason="held_for_review"),
    ),
    "ok_without_parishes": (lacks("parish", "service", "evidence", "visit", "outcome"), USUAL),
    "override_expired": (
        also("directory_overrides", **_OVERRIDE, expires_at=LAST_WEEK),
        also("directory_overrides", **_OVERRIDE, expires_at=_FAR),
    ),
}  # fmt: skip
