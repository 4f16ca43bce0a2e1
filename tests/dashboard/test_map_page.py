"""The page Map: coverage by state and diocese, and what is not known is said."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from reports.fictional_country import Country

from vitality_lib.store.database import Database


@pytest.fixture
async def settled(database: Database, tmp_path: Path) -> int:
    """A diocese of four parishes in Missouri, one of them in Illinois, and three with services; one in Puerto Rico."""
    async with database.transaction() as connection:
        here = Country(connection, tmp_path)
        larkspur = await here.diocese("Diocese of Larkspur", state="MO")
        for number in range(3):
            parish = await here.parish(larkspur, f"St. Anne {number}", state="MO", latitude=38.6, longitude=-90.2)
            if number:
                await here.service(parish)
        await here.service(await here.parish(larkspur, "St. Brendan", state="IL"))
        ponce = await here.diocese("Diocese of Ponce", state="PR")
        await here.parish(ponce, "San Juan", latitude=18.0, longitude=-66.6)
        await here.diocese("Diocese of Tamarack", state="AK")
    return larkspur


def links(page: str) -> dict[str, str]:
    """The name of each link of the drawing, by its address."""
    drawing = page[page.index('<svg class="map"') : page.index('<section aria-labelledby="states"')]
    return dict(re.findall(r'<a href="/vitality([^"]*)"(?: class="[^"]*")? aria-label="([^"]*)"', drawing))


async def test_each_state_is_a_link_that_says_what_it_shows(reader: httpx.AsyncClient, settled: int) -> None:
    page = (await reader.get("/vitality/map")).text
    found = links(page)
    assert found["/parishes?state=MO"] == "MO 66 %: Missouri, 2 of 3 parishes with services"
    assert found["/parishes?state=IL"] == "IL 100 %: Illinois, 1 of 1 parishes with services"
    assert len([href for href in found if href.startswith("/parishes")]) == 51
    beside = page[page.index('class="territories"') :]
    assert "Puerto Rico: 0 % of 1 parishes with services" in beside
    assert "Guam: nothing known" in beside


async def test_where_nothing_is_known_it_says_so_and_not_nought(reader: httpx.AsyncClient, settled: int) -> None:
    page = (await reader.get("/vitality/map")).text
    assert links(page)["/parishes?state=AK"] == "AK: Alaska, nothing known"
    alaska = page[page.index(">Alaska<", page.index('id="states"')) if ">Alaska<" in page else page.rindex("Alaska") :]
    assert "nothing known" in alaska[:200]
    assert "0 %" not in alaska[: alaska.index("</tr>")]


async def test_a_diocese_is_a_circle_where_its_parishes_are(reader: httpx.AsyncClient, settled: int) -> None:
    page = (await reader.get("/vitality/map")).text
    assert links(page)[f"/dioceses/{settled}"] == "Diocese of Larkspur: 4 parishes, 75 % of them with services"
    assert len(re.findall("<circle", page)) == 1  # Ponce lies beside the map, and of Tamarack no parish is known
    assert "1 dioceses are on no part of the map" in page


async def test_an_empty_database_has_a_map(reader: httpx.AsyncClient, database: Database) -> None:
    page = (await reader.get("/vitality/map")).text
    assert set(links(page).values()) == {name for name in links(page).values() if name.endswith(", nothing known")}
