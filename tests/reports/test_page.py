"""The page: complete in itself, readable without eyes, honest about what it does not know."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from fictional_country import NOON, Country

from vitality_lib.reports.page import CHANGES_SHOWN, percent
from vitality_lib.reports.share import Share


async def test_it_asks_no_other_host_for_anything(country: Country) -> None:
    made = await country.report()
    page = BeautifulSoup(made.html.read_text(), "lxml")
    assert page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"].startswith("default-src 'none'")  # type: ignore[index,union-attr]
    targets = {tag[key] for tag in page.find_all(True) for key in ("href", "src", "action") if tag.has_attr(key)}
    anchors = {target for target in targets if target.startswith("#")}
    beside = {path.name for path in made.html.parent.iterdir()}
    assert targets - anchors == beside - {"index.html"}
    assert all(page.find(id=anchor[1:]) for anchor in anchors)
    assert "url(" not in page.style.text  # type: ignore[union-attr]
    assert "@import" not in page.style.text  # type: ignore[union-attr]


async def test_charts_are_well_formed_and_say_what_they_show(country: Country) -> None:
    page = BeautifulSoup((await country.report()).html.read_text(), "html.parser")
    charts = page.find_all("svg")
    assert len(charts) >= 10
    for chart in charts:
        ET.fromstring(str(chart))
        title, description = (chart.find(id=one) for one in chart["aria-labelledby"].split())
        assert title.text
        assert description.text
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


async def test_it_says_when_where_and_by_which_run(country: Country) -> None:
    header = BeautifulSoup((await country.report(run="run-7")).html.read_text(), "lxml").header
    assert header is not None
    assert "Report of 6 May 2031, 12:00 UTC" in header.text
    assert "the sample web" in header.text
    assert "run-7" in header.text
    assert "This is the first report" in header.text


async def test_a_web_that_is_not_known_is_not_claimed(country: Country) -> None:
    assert "They speak of" not in (await country.report(web="")).html.read_text()


async def test_every_table_has_headings_for_its_columns_and_rows(country: Country) -> None:
    page = BeautifulSoup((await country.report()).html.read_text(), "lxml")
    for table in page.find_all("table"):
        columns = len(table.thead.find_all("th", scope="col"))
        for row in table.tbody.find_all("tr"):
            assert len(row.find_all(["td", "th"], recursive=False)) == columns
            assert row.find("th", scope="row")


async def test_a_second_report_without_changes_says_so(country: Country) -> None:
    await country.report()
    page = BeautifulSoup((await country.report(now=NOON + timedelta(hours=6))).html.read_text(), "lxml")
    changes = page.find(id="changes")
    assert changes is not None
    assert "Nothing changed since the report of 6 May 2031, 12:00 UTC." in changes.text


async def test_a_long_list_of_changes_is_cut_and_says_where_the_rest_is(country: Country) -> None:
    await country.report()
    later = NOON + timedelta(hours=6)
    for number in range(CHANGES_SHOWN + 3):
        await country.diocese(f"Diocese of Place {number:02}", first_seen=later, changed_at=later)
    page = BeautifulSoup((await country.report(now=later + timedelta(hours=1))).html.read_text(), "lxml")
    changes = page.find(id="changes")
    assert changes is not None
    assert len(changes.tbody.find_all("tr")) == CHANGES_SHOWN  # type: ignore[union-attr]
    assert "And 3 more in changes.csv" in changes.text


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "–"),
        (0, 7, "0 %"),
        (7, 7, "100 %"),
        (1, 3, "33.3 %"),
        (1, 100_000, "0.1 %"),
        (99_999, 100_000, "99.9 %"),
    ],
)
def test_all_and_nothing_are_said_only_when_they_are_exact(part: int, whole: int, said: str) -> None:
    assert percent(Share(part, whole)) == said
