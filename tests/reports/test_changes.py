"""What changed since the report before, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from fictional_country import LONG_AGO, NOON, Country

from vitality_lib.reports.figures import Change, ChangeKind

EVENING, NIGHT = NOON + timedelta(hours=6), NOON + timedelta(hours=12)


async def changed(country: Country) -> list[tuple[ChangeKind, str, str]]:
    rows = (await country.report(now=NIGHT)).figures.changes.rows
    assert all(row.at == EVENING for row in rows)
    return [(row.kind, row.name, row.detail) for row in rows]


async def do(country: Country, statement: str) -> None:
    await country.connection.execute(statement.encode(), {"at": EVENING})


@pytest.fixture
async def reported(country: Country) -> Country:
    """The country with a first report, made at noon."""
    await country.report()
    return country


async def test_the_first_report_has_nothing_to_compare_with(country: Country) -> None:
    changes = (await country.report()).figures.changes
    assert (changes.since, changes.rows) == (None, ())


async def test_nothing_changed(reported: Country) -> None:
    made = await reported.report(now=NIGHT)
    assert (made.figures.changes.since, made.figures.changes.rows) == (NOON, ())
    assert {total.growth for total in made.figures.totals} == {0}


async def test_a_diocese_comes_and_one_leaves_the_list(reported: Country) -> None:
    await reported.diocese("Diocese of Juniper", state="ID", first_seen=EVENING, changed_at=EVENING)
    await do(reported, "UPDATE dioceses SET listed = false, changed_at = %(at)s WHERE name = 'Diocese of Tamarack'")
    assert await changed(reported) == [
        (ChangeKind.DIOCESE_NEW, "Diocese of Juniper", "ID"),
        (ChangeKind.DIOCESE_LEFT_LIST, "Diocese of Tamarack", "AK"),
    ]


async def test_a_directory_moves(reported: Country) -> None:
    await do(reported, "UPDATE directories SET url = 'https://larkspur.example/find', changed_at = %(at)s")
    assert await changed(reported) == [
        (ChangeKind.DIRECTORY_CHANGED, "Diocese of Larkspur", "https://larkspur.example/find")
    ]


async def test_parishes_come_go_and_change(reported: Country) -> None:
    cursor = await reported.connection.execute("SELECT id FROM dioceses WHERE name = 'Diocese of Larkspur'")
    (larkspur,) = await cursor.fetchone() or (0,)
    await reported.parish(larkspur, "St. Gemma", city="Gemton", first_seen=EVENING, changed_at=EVENING)
    await do(reported, "UPDATE parishes SET gone_at = %(at)s, changed_at = %(at)s WHERE name = 'St. Dymphna'")
    await do(reported, "UPDATE parishes SET phone = '+13145550199', changed_at = %(at)s WHERE name = 'St. Clare'")
    assert await changed(reported) == [
        (ChangeKind.PARISH_NEW, "St. Gemma", "Gemton"),
        (ChangeKind.PARISH_GONE, "St. Dymphna", "Dyton"),
        (ChangeKind.PARISH_CHANGED, "St. Clare", "Clarton"),
    ]


async def test_a_parish_with_a_new_name_at_the_old_website_is_renamed(reported: Country) -> None:
    cursor = await reported.connection.execute("SELECT id FROM dioceses WHERE name = 'Diocese of Larkspur'")
    (larkspur,) = await cursor.fetchone() or (0,)
    await do(reported, "UPDATE parishes SET gone_at = %(at)s WHERE name = 'St. Clare'")
    seen = {"first_seen": EVENING, "changed_at": EVENING}
    await reported.parish(larkspur, "SS. Clare and Francis", website="https://clare.example", **seen)
    await reported.parish(larkspur, "St. Gemma", **seen)  # knows nothing: pairs with nobody
    rows = [row for row in await changed(reported) if row[0].startswith("parish")]
    assert rows == [
        (ChangeKind.PARISH_NEW, "St. Gemma", ""),
        (ChangeKind.PARISH_RENAMED, "SS. Clare and Francis", "was St. Clare"),
    ]


async def test_a_service_whose_time_changed_is_one_ended_and_one_new(reported: Country) -> None:
    cursor = await reported.connection.execute("SELECT id FROM parishes WHERE name = 'St. Anne'")
    (anne,) = await cursor.fetchone() or (0,)
    await do(reported, "UPDATE services SET valid_to = %(at)s WHERE start_time = '10:30'")
    await reported.service(anne, start_time="11:00", words="Mass at 11", valid_from=EVENING)
    assert await changed(reported) == [
        (ChangeKind.SERVICE_NEW, "St. Anne", "Mass at 11"),
        (ChangeKind.SERVICE_ENDED, "St. Anne", "Mass on Sunday"),
    ]


async def test_every_change_stands_in_the_csv(reported: Country) -> None:
    await reported.diocese("Diocese of Juniper", first_seen=EVENING, changed_at=LONG_AGO)
    made = await reported.report(now=NIGHT)
    assert made.figures.changes.of(ChangeKind.DIOCESE_NEW) == (
        Change(ChangeKind.DIOCESE_NEW, "Diocese of Juniper", "Diocese of Juniper", "", EVENING),
    )
    table = pd.read_csv(made.html.parent / "changes.csv", keep_default_na=False)
    assert table.to_dict("records") == [
        {
            "change": "diocese_new",
            "diocese": "Diocese of Juniper",
            "name": "Diocese of Juniper",
            "detail": "",
            "at": "2031-05-06T18:00:00+00:00",
        }
    ]
