"""A small fictional country, written into the tables by SQL: its figures can be counted by hand.

Two dioceses are on the list (Larkspur with a directory and five parishes, Tamarack with nothing) and one has left it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from fictional_country import LAST_WEEK, LONG_AGO, NOON, Country

from vitality_lib.store.database import Database


@pytest.fixture
async def empty_country(database: Database, tmp_path: Path) -> AsyncIterator[Country]:
    """Migrated tables without a row."""
    async with database.transaction() as connection:
        yield Country(connection, tmp_path / "reports")


@pytest.fixture
async def country(empty_country: Country) -> Country:
    """Five parishes and seven services in one of two listed dioceses; see the comments for what is wrong with them."""
    here = empty_country
    larkspur = await here.diocese("Diocese of Larkspur", state="MO", website="https://larkspur.example")
    tamarack = await here.diocese("Diocese of Tamarack", state="AK")  # no website
    await here.diocese("Diocese of Oldfield", state="OH", listed=False)
    found = {"found_at": LONG_AGO, "changed_at": LONG_AGO, "platform": "ecatholic", "route": "static"}
    await here.add("directories", diocese_id=larkspur, url="https://larkspur.example/parishes", **found)

    place = {"street": "1 Elm St", "city": "Larkspur", "state": "MO", "zip": "63001", "phone": "+13145550100"}
    point = {"latitude": 38.6, "longitude": -90.2}
    anne = await here.parish(larkspur, "St. Anne", website="https://www.anne.example/", **place, **point)
    brendan = await here.parish(larkspur, "St. Brendan", website="http://anne.example", **place)  # shares all with Anne
    clare = await here.parish(
        larkspur, "St. Clare", website="https://clare.example", city="Clarton", latitude=48.8, longitude=2.3, zip="ABC"
    )  # in Paris
    await here.parish(larkspur, "St. Dymphna", city="Dyton")  # no website
    await here.parish(larkspur, "St. Edmund", city="Edton", website="https://edmund.example", street="5 Oak St")
    await here.parish(larkspur, "St. Felix", gone_at=LONG_AGO)

    await here.service(anne, start_time="08:00")
    await here.service(anne, start_time="10:30", language="es")
    await here.service(anne, days=["MO", "TU", "WE", "TH", "FR"], start_time="08:00", words="Mass on weekdays")
    await here.service(anne, type="confession", days=["SA"], start_time="15:00", words="Confession on Saturday")
    await here.service(anne, start_time="12:00", valid_to=LONG_AGO)  # ended long ago
    await here.service(brendan, days=["WE"], start_time="23:00", confidence=0.3, words="Mass on Wednesday")
    await here.service(brendan, type="confession", days=["SA"], start_time="16:00", end_time="15:00", confidence=None)
    await here.service(
        clare, type="adoration", days=["FR"], ordinals=["1"], start_time="18:00", end_time="06:00", words="Adoration"
    )

    await here.outcome("discovery", "diocese", larkspur, "ok")
    await here.outcome("discovery", "diocese", tamarack, "no_website")
    await here.outcome("extraction", "diocese", larkspur, "ok")
    for parish in (anne, brendan):
        await here.outcome("schedule", "parish", parish, "ok")
    await here.outcome("schedule", "parish", clare, "ok", at=LONG_AGO)
    await here.outcome("schedule", "parish", clare, "timeout")
    await here.visit("extraction", "diocese", larkspur, LAST_WEEK)
    await here.visit("schedule", "parish", anne, NOON - timedelta(hours=5))
    await here.visit("schedule", "parish", brendan, NOON - timedelta(days=10))
    await here.visit("schedule", "parish", clare, NOON - timedelta(days=20))
    return here
