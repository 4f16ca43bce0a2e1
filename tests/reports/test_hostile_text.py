"""Whatever stands on a website is data wherever it is shown: reports, exports and commands, read by real parsers."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup
from fictional_country import LONG_AGO, NOON, Country
from hostile_country import GOOD_URL, TRAPS, settle
from icalendar import Calendar
from lxml import etree

from vitality_lib import commands, decision_commands, schedule_commands
from vitality_lib.harmless import one_line
from vitality_lib.reports.cells import cell
from vitality_lib.reports.exports.export import export
from vitality_lib.reports.report import Report
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\ufeff", "\uff1d")
BLANK = "\ufeff\u200b \n"


@pytest.fixture
async def hostile(database: Database, tmp_path: Path) -> AsyncIterator[tuple[Country, list[int]]]:
    """The country, seen by its own connection and by commands."""
    async with database.transaction() as connection:
        parishes = await settle(Country(connection, tmp_path / "reports"))
    async with database.transaction() as connection:
        yield Country(connection, tmp_path / "reports"), parishes


def orders(text: str) -> set[str]:
    """The characters in it that a terminal or an eye would obey."""
    return {sign for sign in text if sign != "\n" and one_line(sign) != sign}


def cells(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                yield from row


def only_cells_without_formulas(folder: Path) -> bool:
    found = list(cells(folder))
    assert len(found) > len(TRAPS)
    for text in found:
        assert not text.lstrip(BLANK).startswith(FORMULA) or text.lstrip("+-").replace(".", "", 1).isdigit(), text
        assert not orders(text.replace("\t", "")), text
    return True


async def test_the_report(hostile: tuple[Country, list[int]]) -> None:
    made: Report = await hostile[0].report(run=TRAPS[0])
    for parser in ("lxml", "html.parser"):
        page = BeautifulSoup(made.html.read_text(), parser)
        assert not page.find_all(["script", "img", "iframe", "object", "form", "base"])
        assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
        for link in page.find_all("a"):
            local = link["href"].startswith("#") or link["href"].endswith((".csv", ".parquet", "figures.json"))
            assert local or (link["href"].startswith("https://") and {"nofollow", "noopener"} <= set(link["rel"]))
        assert TRAPS[0] in page.text
        assert not orders(page.text)
    assert json.loads((made.html.parent / "figures.json").read_text())
    assert only_cells_without_formulas(made.html.parent)


async def test_the_tables_with_types_hold_every_word_as_it_was(hostile: tuple[Country, list[int]]) -> None:
    country, _ = hostile
    await country.add("reports", run="before", made_at=LONG_AGO - timedelta(days=1), figures="{}", path="")
    folder = (await country.report(run=TRAPS[0])).html.parent
    changes = pq.read_table(folder / "changes.parquet")
    assert set(TRAPS) <= set(changes["name"].to_pylist())
    assert {f"{trap} {number}" for number, trap in enumerate(TRAPS)} == set(
        pq.read_table(folder / "dioceses.parquet")["diocese"].to_pylist()
    )
    areas = pq.read_table(folder / "vitality.parquet")["area"].to_pylist()
    assert {f"{trap} {number}" for number, trap in enumerate(TRAPS)} < set(areas)
    assert only_cells_without_formulas(folder)


async def test_the_tables_for_spreadsheets(hostile: tuple[Country, list[int]], tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    await export(hostile[0].connection, "csv", folder)
    await export(hostile[0].connection, "occurrences", folder / "dated.csv", first=date(2031, 5, 4), days=8)
    assert only_cells_without_formulas(folder)
    assert cell(TRAPS[4]) in set(cells(folder)), "an apostrophe, and nothing else, is new"


async def test_parquet_and_the_data_package(hostile: tuple[Country, list[int]], tmp_path: Path) -> None:
    await export(hostile[0].connection, "parquet", tmp_path)
    parishes = pq.read_table(tmp_path / "parishes.parquet").to_pylist()
    assert [parish["name"] for parish in parishes] == list(TRAPS), "every word as it was"
    assert {piece["quote"] for piece in pq.read_table(tmp_path / "evidence.parquet").to_pylist()} == set(TRAPS)
    await export(hostile[0].connection, "csv", tmp_path)
    assert not orders((tmp_path / "datapackage.json").read_text())


@pytest.mark.parametrize("value", ["-90.2", "+13145550100", "3"])
def test_numbers_and_telephone_numbers_stay_as_they_are(value: str) -> None:
    assert cell(value) == value


@pytest.mark.parametrize("form", ["json", "geojson", "jsonld", "osm"])
async def test_json_holds_every_word_as_it_was(hostile: tuple[Country, list[int]], tmp_path: Path, form: str) -> None:
    path = tmp_path / "out.json"
    await export(hostile[0].connection, form, path)
    text = path.read_text()
    assert not orders(text)
    told = [json.loads(line) for line in text.splitlines()] if form == "osm" else [json.loads(text)]
    assert set(TRAPS) <= set(strings(told))


async def test_linked_data_may_stand_in_a_page_and_links_lead_to_the_web(
    hostile: tuple[Country, list[int]], tmp_path: Path
) -> None:
    path = tmp_path / "out.jsonld"
    await export(hostile[0].connection, "jsonld", path)
    text = path.read_text()
    page = BeautifulSoup(f'<script type="application/ld+json">{text}</script><p>after</p>', "lxml")
    assert [tag.name for tag in page.find_all(True)] == ["html", "head", "script", "body", "p"]
    churches = [node for node in json.loads(text)["@graph"] if node["@type"] == "CatholicChurch"]
    assert {church["url"] for church in churches if "url" in church} == {GOOD_URL}


async def test_calendars(hostile: tuple[Country, list[int]], tmp_path: Path) -> None:
    await export(hostile[0].connection, "ics", tmp_path, first=date(2031, 5, 4), days=8)
    files = sorted(tmp_path.rglob("*.ics"))  # noqa: ASYNC240 - of this test alone
    assert len(files) > len(TRAPS)
    for path in files:
        raw = path.read_bytes()
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        assert not orders(raw.replace(b"\r\n", b"\n").decode().replace("\t", ""))
        calendar = Calendar.from_ical(raw)
        assert [part.name for part in calendar.subcomponents if part.name not in ("VEVENT", "VTIMEZONE")] == []
        for event in calendar.walk("VEVENT"):
            assert not {"ATTACH", "X-EVIL"} & event.keys()
            assert event.get("url") in (None, GOOD_URL)


async def test_the_feed_of_changes(
    hostile: tuple[Country, list[int]], database_settings: Settings, tmp_path: Path
) -> None:
    asked = schedule_commands.Asked(since=f"{LONG_AGO:%Y-%m-%d}")
    path = tmp_path / "feed.xml"
    await schedule_commands.changes(database_settings, asked, as_json=False, atom=path)
    feed = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert len(titles) == len(TRAPS)
    assert any(TRAPS[0] in (title or "") for title in titles)
    assert {link.get("href") for link in feed.iter(f"{atom}link")} <= {GOOD_URL}
    assert not orders("".join(feed.itertext()).replace("\t", ""))


async def test_commands_print_words_and_no_orders(
    hostile: tuple[Country, list[int]], database_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    _, parishes = hostile
    asked = schedule_commands.Asked(since=f"{LONG_AGO:%Y-%m-%d}")
    for as_json in (False, True):
        await commands.status(database_settings, as_json=as_json)
        await commands.directories(database_settings, as_json=as_json)
        await decision_commands.review(database_settings, "list", as_json=as_json)
        await schedule_commands.changes(database_settings, asked, as_json=as_json, atom=None)
        for parish in parishes:
            await schedule_commands.schedule(database_settings, str(parish), NOON.date(), as_json=as_json)
        said = capsys.readouterr().out
        assert not orders(said)
        assert "[red]alarm[/red]" in said
        assert ":skull:" in said
        assert "All: nothing changed" not in {line.strip() for line in said.splitlines()}


def strings(value: object) -> Iterator[str]:
    """Every string in a JSON value."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from strings(one)
        case list():
            for one in value:
                yield from strings(one)
