"""The pages Parishes and Parish: what is known of one, why it is believed, and when it takes place."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from reports.fictional_country import LAST_WEEK, LONG_AGO, NOON, Country
from tiny_country import ANNE
from tiny_country import Country as TinyCountry

from vitality_lib.store import pages, services
from vitality_lib.store.database import Database


@dataclass(frozen=True)
class Crawled:
    """The tiny country as it was crawled, and the parish of St. Anne in it."""

    country: TinyCountry
    anne: int


@pytest.fixture
async def crawled(known: TinyCountry) -> Crawled:
    ((anne,),) = await known.rows("SELECT id FROM parishes WHERE website = %s", f"http://{ANNE}/")
    return Crawled(known, int(str(anne)))


@pytest.fixture
async def settled(database: Database, tmp_path: Path) -> AsyncIterator[tuple[Country, int]]:
    """A parish of Larkspur, in a transaction that ends before anybody looks."""
    async with database.transaction() as connection:
        here = Country(connection, tmp_path)
        larkspur = await here.diocese("Diocese of Larkspur", state="MO")
        yield here, await here.parish(larkspur, "St. Anne", city="Larkspur", state="MO", zip="63001")


async def test_a_parish_is_found_by_words_in_any_order(reader: httpx.AsyncClient, crawled: Crawled) -> None:
    answer = await reader.get("/vitality/parishes?q=larkspur anne")
    assert re.findall(r"/parishes/(\d+)", answer.text) == [str(crawled.anne)]
    assert "1–1 of 1 parishes" in answer.text
    assert "No parishes" in (await reader.get("/vitality/parishes?q=anne tamarack")).text


@pytest.mark.parametrize("query", ["?diocese=x", "?page=0", "?page=1e9", f"?q={'a' * 300}"])
async def test_what_cannot_be_understood_is_said(reader: httpx.AsyncClient, query: str) -> None:
    assert (await reader.get(f"/vitality/parishes{query}")).status_code == 422


async def test_a_parish_has_its_services_in_words_and_each_with_its_proof(
    reader: httpx.AsyncClient, crawled: Crawled
) -> None:
    page = (await reader.get(f"/vitality/parishes/{crawled.anne}")).text
    assert "Mass, Sundays at 8:00 AM" in page
    assert "Confession, Saturdays from 3:30 PM to 4:30 PM" in page
    assert "confidence" in page
    assert "Diocese of Larkspur" in page
    quotes = re.findall(r"<mark>(.*?)</mark>", page)
    assert any("8:00 AM" in quote for quote in quotes)
    assert "not shown here" not in page  # each quote stands in what surrounds it


async def test_the_whole_page_is_shown_with_the_quote_marked(reader: httpx.AsyncClient, crawled: Crawled) -> None:
    page = (await reader.get(f"/vitality/parishes/{crawled.anne}")).text
    numbers = re.findall(rf"/parishes/{crawled.anne}/evidence/(\d+)", page)
    assert len(numbers) == 4
    whole = (await reader.get(f"/vitality/parishes/{crawled.anne}/evidence/{numbers[0]}")).text
    (marked,) = re.findall(r'<mark id="quote"><bdi>(.*?)</bdi></mark>', whole)
    text = re.sub(r"<[^>]+>", "", whole[whole.index("<pre") : whole.index("</pre>")])
    assert marked in text
    assert "Mass Times" in text
    assert "Adoration" in text
    other = (await reader.get(f"/vitality/parishes/{crawled.anne + 1}/evidence/{numbers[0]}")).status_code
    assert other == 404  # the evidence is another parish's


async def test_the_week_tells_what_takes_place_on_which_day(reader: httpx.AsyncClient, crawled: Crawled) -> None:
    page = (await reader.get(f"/vitality/parishes/{crawled.anne}")).text
    days = page[page.index('<ol class="days">') :]
    sunday = days[days.index("<strong>Sunday") :]
    assert "8:00 AM</span> Mass" in sunday[: sunday.index("</li>\n")]
    assert "America/Chicago" in page


async def test_what_changed_is_told(reader: httpx.AsyncClient, settled: tuple[Country, int]) -> None:
    here, anne = settled
    await here.service(anne, start_time="08:00", words="Mass, Sundays at 8:00 AM", valid_to=LAST_WEEK)
    await here.service(anne, start_time="09:00", words="Mass, Sundays at 9:00 AM", valid_from=LAST_WEEK)
    await here.outcome("schedule", "parish", anne, "timeout", NOON)
    await here.connection.commit()
    page = (await reader.get(f"/vitality/parishes/{anne}")).text
    history = page[page.index('id="history"') :]
    assert "8:00 AM" in history
    assert "9:00 AM" in history
    assert "The server was too slow" in page
    assert "The page is not kept." in page


async def test_unknown_is_not_none(reader: httpx.AsyncClient, settled: tuple[Country, int]) -> None:
    here, anne = settled
    await here.connection.commit()
    page = (await reader.get(f"/vitality/parishes/{anne}")).text
    assert "That is not to say that there are none" in page
    assert "No dated happening is known" in page
    assert "No run has come to it yet" in page
    assert (await reader.get("/vitality/parishes/4711")).status_code == 404


async def test_a_parish_that_is_gone_says_so(reader: httpx.AsyncClient, settled: tuple[Country, int]) -> None:
    here, _ = settled
    gone = await here.parish(1, "St. Gone", gone_at=LONG_AGO)
    await here.connection.commit()
    assert "Not published any more" in (await reader.get(f"/vitality/parishes/{gone}")).text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<p>" + b"Sunday 8. " * 400_000, "too large to be shown here"),
        (b"%PDF-1.7 not really", "does not stand in the visible text"),
        (None, "asks that no copy be kept"),
    ],
    ids=["large", "damaged", "no archive"],
)
async def test_a_page_that_cannot_be_shown_says_why(
    reader: httpx.AsyncClient, settled: tuple[Country, int], body: bytes | None, expected: str
) -> None:
    here, anne = settled
    service = await here.service(anne, confidence=None)
    content = body or b"Sunday 8"
    kept = pages.Kept("k", "u", "u", "http", 200, {}, None, None, "f" * 64, NOON, NOON, archived=body is not None)
    await pages.keep(here.connection, kept, content)
    piece = {
        "page_hash": "f" * 64,
        "url": "u",
        "quote": "Sunday 8 of another page",
        "method": "list",
        "confidence": 0.9,
    }
    number = await here.add("evidence", service_id=service, span_start=0, span_end=8, **piece)
    await here.connection.commit()
    answer = await reader.get(f"/vitality/parishes/{anne}/evidence/{number}")
    assert answer.status_code == 200
    assert expected in answer.text
    assert "Sunday 8 of another page" in answer.text
    assert (await reader.get(f"/vitality/parishes/{anne}")).status_code == 200


async def test_services_are_said_for_every_church(reader: httpx.AsyncClient, crawled: Crawled) -> None:
    async with crawled.country.database.transaction() as connection:
        published = await services.current(connection, crawled.anne)
    page = (await reader.get(f"/vitality/parishes/{crawled.anne}")).text
    assert all(one.words in page for one in published)
