"""Every check of the data: it finds the fault that was put there, names the row, and lets the sound one pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fictional_country import LAST_WEEK, LONG_AGO, NOON, Country
from quality_cases import CASES, USUAL, Case, Row

from vitality_lib.store.checks.asking import Judged, ask
from vitality_lib.store.checks.check import Check, Severity
from vitality_lib.store.checks.every import CHECKS, SUBJECTS
from vitality_lib.store.checks.words import NAMED

_HASH = "a" * 64
_USUAL: dict[str, Row] = {
    "diocese": {"name": "Diocese of Larkspur", "state": "MO", "website": "https://larkspur.example/"},
    "directory": {"url": "https://larkspur.example/parishes", "platform": "cards", "proved": 1},
    "parish": {"name": "St. Anne", "street": "1 Elm St", "city": "Larkspur", "state": "MO", "zip": "63001",
               "phone": "+13144210100", "website": "https://www.anne.example/", "latitude": 38.627,
               "longitude": -90.199},
    "service": {"type": "mass", "days": ["SU"], "start_time": "08:00", "language": "en", "words": "Mass on Sunday",
                "valid_from": LONG_AGO},
    "page": {"request_key": "https://anne.example/mass", "url": "https://anne.example/mass", "route": "http",
             "final_url": "https://anne.example/mass", "status": 200, "fetched_at": LONG_AGO, "checked_at": LONG_AGO},
    "evidence": {"page_hash": _HASH, "url": "https://anne.example/mass", "quote": "Sunday Mass 8:00 AM",
                 "span_start": 0, "span_end": 19, "method": "list", "confidence": 0.9},
    "visit": {"visited_at": LAST_WEEK, "good_at": LAST_WEEK, "interval_hours": 24.0, "due_at": NOON},
    "outcome": {"run": "r", "reason": "ok", "finished_at": LAST_WEEK},
    "directory_visit": {"visited_at": LAST_WEEK, "good_at": LAST_WEEK, "interval_hours": 24.0, "due_at": NOON},
    "directory_outcome": {"run": "r", "reason": "ok", "finished_at": LAST_WEEK},
}  # fmt: skip


async def settle(here: Country, case: Case) -> None:
    """Put the usual country into the tables, as the case has it."""
    rows = {
        name: {**usual, **(case.changed.get(name) or {})}
        for name, usual in _USUAL.items()
        if case.changed.get(name, usual) is not None
    }
    ids: dict[str, Any] = {"diocese": await here.diocese(**rows["diocese"])}
    if "parish" in rows:
        ids["parish"] = await here.parish(ids["diocese"], **rows["parish"])
        ids["churches"] = [await _more(here, ids, *one) for one in case.more if one[0].endswith(("church", "churches"))]
    await _crawled(here, rows, ids)
    if "service" in rows:
        church = rows["service"].get("church_id")
        service = {**rows["service"], "church_id": ids["churches"][0] if church else None}
        ids["service"] = await here.service(ids["parish"], None, **service)
        if "evidence" in rows:
            await here.add("evidence", service_id=ids["service"], **rows["evidence"])
    for one in case.more:
        if not one[0].endswith(("church", "churches")):
            await _more(here, ids, *one)


async def _crawled(here: Country, rows: dict[str, Row], ids: dict[str, Any]) -> None:
    await here.add("page_bodies", hash=_HASH, size=1, body=b"")
    await here.add("pages", body_hash=_HASH, **rows["page"])
    if "directory" in rows:
        await here.add("directories", diocese_id=ids["diocese"], **rows["directory"])
    for name, stage, kind in (("", "schedule", "parish"), ("directory_", "extraction", "diocese")):
        for table in ("visit", "outcome"):
            if f"{name}{table}" in rows:
                unit = {"stage": stage, "unit_kind": kind, "unit_id": ids[kind]}
                await here.add(f"{table}s", **unit, **rows[f"{name}{table}"])


async def _more(here: Country, ids: dict[str, Any], table: str, values: Row) -> int:
    """One row more, of the usual parish or diocese unless its name says otherwise."""
    seen = {"first_seen": LONG_AGO, "changed_at": LONG_AGO}
    match table:
        case "services":
            return await here.service(ids["parish"], **{"start_time": "08:00", **values})
        case "elsewhere":
            tamarack = await here.diocese("Diocese of Tamarack")
            return await here.parish(tamarack, **{"name": "St. Brendan", **values})
        case "another_church":
            table, values = (
                "churches",
                {"name": "St. Clare", "parish_id": await here.parish(ids["diocese"], "St. Clare")},
            )
        case "parishes":
            values = {"diocese_id": ids["diocese"], "identity": str(values), **seen, **values}
        case "churches" | "service_corrections" | "schedule_contradictions":
            values = {"parish_id": ids["parish"], **values}
        case "reviews" | "directory_overrides":
            values = {"diocese_id": ids["diocese"], **values}
    return await here.add(table, **values)


async def judged(here: Country, check: Check, case: Case) -> Judged:
    async with here.connection.transaction(force_rollback=True):
        await settle(here, case)
        return await ask(here.connection, check, NOON)


def test_there_are_forty_checks_or_more_and_each_has_its_case() -> None:
    assert len(CHECKS) >= 40
    assert [check.key for check in CHECKS] == list(CASES)


def test_each_check_has_a_name_of_its_own_and_says_what_it_means() -> None:
    assert len({check.key for check in CHECKS}) == len({check.title for check in CHECKS}) == len(CHECKS)
    assert all(check.definition.endswith(".") for check in CHECKS)
    assert {check.severity for check in CHECKS} == set(Severity)


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_the_faulty_row_is_found_and_named(empty_country: Country, subject: str) -> None:
    found = {check.key: await judged(empty_country, check, CASES[check.key][0]) for check in SUBJECTS[subject]}
    assert {key: (one.failing >= 1, one.failing <= one.whole) for key, one in found.items()} == dict.fromkeys(
        found, (True, True)
    )
    assert not [key for key, one in found.items() if not one.samples or not all(map(any, one.samples))]


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_the_sound_row_passes_and_was_judged(empty_country: Country, subject: str) -> None:
    found = {check.key: await judged(empty_country, check, CASES[check.key][1]) for check in SUBJECTS[subject]}
    unjudged = {"correction_not_needed", "override_expired"}
    assert {key: one.failing for key, one in found.items()} == dict.fromkeys(found, 0)
    assert not [key for key, one in found.items() if not one.whole and key not in unjudged]


async def test_the_usual_country_fails_nothing_but_gaps(empty_country: Country) -> None:
    await settle(empty_country, USUAL)
    found = [await ask(empty_country.connection, check, NOON) for check in CHECKS]
    known = {"parish_without_email", "parish_without_confession", "diocese_with_few_parishes"}
    assert {one.check.key for one in found if one.failing} == known


async def test_an_empty_country_is_asked_every_question_and_fails_none(empty_country: Country) -> None:
    found = [await ask(empty_country.connection, check, NOON) for check in CHECKS]
    assert [(one.failing, one.whole, one.samples) for one in found] == [(0, 0, ())] * len(CHECKS)


async def test_five_rows_that_fail_are_named_the_first_by_id(empty_country: Country) -> None:
    larkspur = await empty_country.diocese("Diocese of Larkspur")
    for number in range(7):
        await empty_country.parish(larkspur, f"St. {number}")
    check = next(check for check in CHECKS if check.key == "parish_without_website")
    found = await ask(empty_country.connection, check, NOON)
    assert found.samples == tuple((f"St. {number}", "Diocese of Larkspur") for number in range(5))
    assert (found.failing, found.whole) == (7, 7)


async def test_what_is_gone_or_over_is_not_judged(empty_country: Country) -> None:
    larkspur = await empty_country.diocese("Diocese of Larkspur", listed=False)
    gone = await empty_country.parish(larkspur, "St. Anne", gone_at=LONG_AGO)
    await empty_country.service(gone, start_time="04:00")
    there = await empty_country.parish(larkspur, "St. Brendan")
    await empty_country.service(there, start_time="04:00", valid_to=NOON - timedelta(days=1))
    whole = {"mass_at_odd_hour": 0, "name_is_no_name": 1, "diocese_without_website": 0}
    asked = [await ask(empty_country.connection, check, NOON) for check in CHECKS if check.key in whole]
    assert {one.check.key: one.whole for one in asked} == whole


def test_every_kind_of_row_that_is_judged_can_be_named() -> None:
    assert {check.of for check in CHECKS} == set(NAMED)
