"""What the pages about dioceses, parishes and coverage ask the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from reports.fictional_country import LAST_WEEK, LONG_AGO, NOON, Country

from vitality_lib.models import ParishEntry
from vitality_lib.store import parishes as published
from vitality_lib.store import reviews
from vitality_lib.store.dashboard import coverage, diocese, dioceses, held_reading, parish, parishes
from vitality_lib.store.dashboard.searching import folded, sql_folded
from vitality_lib.store.database import Database
from vitality_lib.store.parishes import ListedParish


@pytest.fixture
async def here(database: Database, tmp_path: Path) -> AsyncIterator[Country]:
    async with database.transaction() as connection:
        yield Country(connection, tmp_path)


async def names(here: Country, **wanted: object) -> list[str]:
    return [one.name for one in (await parishes.found(here.connection, parishes.Wanted(**wanted))).rows]  # type: ignore[arg-type]


class TestDioceses:
    async def test_each_has_its_counts_its_directory_and_its_last_good_reading(self, here: Country) -> None:
        larkspur = await here.diocese("Diocese of Larkspur", state="MO")
        found = {"found_at": LONG_AGO, "changed_at": LONG_AGO, "platform": "ecatholic", "route": "static"}
        await here.add("directories", diocese_id=larkspur, url="https://larkspur.example/parishes", **found)
        anne = await here.parish(larkspur, "St. Anne", website="https://anne.example")
        await here.parish(larkspur, "St. Brendan", website="https://brendan.example")
        await here.parish(larkspur, "St. Clare")
        await here.parish(larkspur, "St. Gone", website="https://gone.example", gone_at=LONG_AGO)
        await here.service(anne)
        await here.service(anne, type="confession")
        await here.visit("extraction", "diocese", larkspur, LAST_WEEK)
        (row,) = (await dioceses.found(here.connection, dioceses.Wanted())).rows
        assert (row.parishes, row.websites, row.with_services) == (3, 2, 1)
        assert (row.platform, row.route, row.good_at, row.held_since) == ("ecatholic", "static", LAST_WEEK, None)

    @pytest.mark.parametrize(
        ("outcomes", "expected"),
        [
            ([], ("", "not_visited")),
            ([("discovery", "timeout", NOON)], ("discovery", "timeout")),
            ([("discovery", "ok", NOON)], ("discovery", "ok")),
            ([("discovery", "ok", NOON), ("extraction", "blocked", LAST_WEEK)], ("extraction", "blocked")),
            ([("discovery", "tls_failure", NOON), ("extraction", "ok", LAST_WEEK)], ("discovery", "tls_failure")),
            ([("discovery", "timeout", LAST_WEEK), ("extraction", "ok", NOON)], ("extraction", "ok")),
            ([("discovery", "blocked", LAST_WEEK), ("extraction", "no_directory", NOON)], ("discovery", "blocked")),
            ([("extraction", "timeout", LAST_WEEK), ("extraction", "ok", NOON)], ("extraction", "ok")),
        ],
        ids=["none", "not found", "found", "found and not read", "lost again", "read", "nothing to read", "newest"],
    )
    async def test_what_stands_is_told_of_the_stage_it_failed_in(
        self, here: Country, outcomes: list[tuple[str, str, datetime]], expected: tuple[str, str]
    ) -> None:
        larkspur = await here.diocese("Diocese of Larkspur")
        for stage, reason, at in outcomes:
            await here.outcome(stage, "diocese", larkspur, reason, at)
        (row,) = (await dioceses.found(here.connection, dioceses.Wanted())).rows
        assert (row.outcome.stage, row.outcome.reason) == expected
        page = await diocese.of(here.connection, larkspur)
        assert page is not None
        assert page.outcome == row.outcome

    async def test_they_are_searched_filtered_sorted_and_paged(self, here: Country) -> None:
        canon = await here.diocese("Diocese of Cañon Vista", state="CO")
        await here.diocese("Diocese of Larkspur", state="MO")
        tamarack = await here.diocese("Archdiocese of Tamarack", state="MO")
        await here.outcome("extraction", "diocese", tamarack, "held_for_review")
        await here.add(
            "reviews", diocese_id=tamarack, run="r", published=1, proposed=9, why="w", entries="[]", created_at=NOON
        )
        await here.parish(canon, "St. Anne")

        async def asked(sort: str = "", **wanted: object) -> list[str]:
            rows = (await dioceses.found(here.connection, dioceses.Wanted(**wanted), sort)).rows  # type: ignore[arg-type]
            return [one.name.rpartition(" of ")[2] for one in rows]

        assert await asked() == ["Tamarack", "Cañon Vista", "Larkspur"]
        assert await asked(q="canon diocese") == ["Cañon Vista"]
        assert await asked(q="100%_\\") == []
        assert await asked(state="MO") == ["Tamarack", "Larkspur"]
        assert await asked(held=True) == await asked(reason="held_for_review") == ["Tamarack"]
        assert await asked(reason="not_visited") == ["Cañon Vista", "Larkspur"]
        assert (await asked("-parishes"))[0] == "Cañon Vista"
        assert await asked("no such column; DROP TABLE dioceses") == await asked()
        second = await dioceses.found(here.connection, dioceses.Wanted(), "", 1, 1)
        assert ([one.name for one in second.rows], second.total) == (["Diocese of Cañon Vista"], 3)
        behind = await dioceses.found(here.connection, dioceses.Wanted(), "", 50)
        assert behind == dioceses.Found((), 3)
        assert await dioceses.states(here.connection) == ("CO", "MO")

    async def test_the_trend_is_of_good_readings_the_oldest_first(self, here: Country) -> None:
        larkspur = await here.diocese("Diocese of Larkspur")
        for days, (reason, facts) in enumerate([("ok", 9), ("held_for_review", 90), ("ok", 8)]):
            at = NOON - timedelta(days=days)
            await here.add(
                "outcomes", run=f"r{days}", stage="extraction", unit_kind="diocese", unit_id=larkspur, reason=reason,
                facts=facts, finished_at=at,
            )  # fmt: skip
        (row,) = (await dioceses.found(here.connection, dioceses.Wanted())).rows
        assert [astuple(point) for point in row.trend] == [(NOON - timedelta(days=2), 8), (NOON, 9)]


class TestADiocese:
    async def test_its_parishes_are_counted_by_what_became_of_them(self, here: Country) -> None:
        larkspur = await here.diocese("Diocese of Larkspur")
        anne, brendan, _ = [await here.parish(larkspur, name) for name in ("St. Anne", "St. Brendan", "St. Clare")]
        await here.service(brendan)
        for unit, reason, at in ((anne, "ok", LONG_AGO), (anne, "timeout", NOON), (brendan, "timeout", NOON)):
            await here.outcome("schedule", "parish", unit, reason, at)
        counts = await diocese.parishes_by_reason(here.connection, larkspur)
        assert [astuple(one) for one in counts] == [("timeout", 2, 1), ("not_visited", 1, 0)]

    async def test_its_outcomes_are_told_by_stage_the_newest_first(self, here: Country) -> None:
        larkspur = await here.diocese("Diocese of Larkspur")
        for stage, reason, at in (
            ("discovery", "ok", LONG_AGO),
            ("extraction", "ok", LAST_WEEK),
            ("extraction", "timeout", NOON),
        ):
            await here.outcome(stage, "diocese", larkspur, reason, at)
        ended = await diocese.ended(here.connection, larkspur)
        assert [(one.stage, one.reason) for one in ended] == [
            ("extraction", "timeout"),
            ("extraction", "ok"),
            ("discovery", "ok"),
        ]

    async def test_there_may_be_none(self, here: Country) -> None:
        assert await diocese.of(here.connection, 12) is None


class TestAHeldReading:
    @pytest.fixture
    async def larkspur(self, here: Country) -> int:
        """Three parishes are published; the held reading lacks one, has a new one, and another website for a third."""
        larkspur = await here.diocese("Diocese of Larkspur")
        now = [ListedParish(name, ParishEntry(name, city="Larkspur")) for name in ("Anne", "Brendan", "Clare")]
        await published.publish(here.connection, larkspur, now, LONG_AGO)
        then = [ListedParish("Anne", ParishEntry("Anne", city="Larkspur", website="https://anne.example/")), now[1]]
        then.append(ListedParish("Dymphna", ParishEntry("Dymphna")))
        await reviews.hold(here.connection, larkspur, run="r", published=3, proposed=then, why="too much", now=NOON)
        return larkspur

    async def test_it_is_told_what_would_come_go_and_change(self, here: Country, larkspur: int) -> None:
        held = await held_reading.of(here.connection, larkspur)
        assert held is not None
        assert [one.name for one in held.coming] == ["Dymphna"]
        assert [one.name for one in held.going] == ["Clare"]
        assert [(one.before.website, one.after.website) for one in held.changed] == [(None, "https://anne.example/")]
        assert (held.published_then, held.published, held.proposed, held.why) == (3, 3, 3, "too much")

    async def test_a_newer_reading_is_not_the_one_that_was_looked_at(self, here: Country, larkspur: int) -> None:
        held = await held_reading.of(here.connection, larkspur)
        assert held is not None
        assert await held_reading.still_waits(here.connection, held.id, held.read_at)
        await reviews.hold(
            here.connection, larkspur, run="s", published=3, proposed=[], why="nothing", now=NOON + timedelta(1)
        )
        assert not await held_reading.still_waits(here.connection, held.id, held.read_at)

    async def test_what_was_decided_is_told(self, here: Country, larkspur: int) -> None:
        held = await held_reading.of(here.connection, larkspur)
        assert held is not None
        await reviews.reject(here.connection, held.id, "ann", NOON)
        assert await held_reading.of(here.connection, larkspur) is None
        (decided,) = await held_reading.decided(here.connection, larkspur)
        assert (decided.by, decided.accepted, decided.at) == ("ann", False, NOON)


class TestParishes:
    @pytest.fixture
    async def settled(self, here: Country) -> Country:
        larkspur = await here.diocese("Diocese of Larkspur", state="MO")
        tamarack = await here.diocese("Diocese of Peñasco", state="NM")
        anne = await here.parish(larkspur, "St. Anne", city="Larkspur", state="MO", zip="63001")
        mary = await here.parish(larkspur, "St. Mary's", city="Elm", state="MO", zip="63002-1234")
        await here.parish(tamarack, "Señora de la Luz", city="Santa Fe", state="NM", zip="87501")
        await here.parish(tamarack, "St. Anne", city="Gone", state="NM", gone_at=LONG_AGO)
        await here.service(anne)
        await here.outcome("schedule", "parish", anne, "ok")
        await here.outcome("schedule", "parish", mary, "ok", LONG_AGO)
        await here.outcome("schedule", "parish", mary, "no_schedule_page", NOON)
        return here

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("", ["Señora de la Luz", "St. Anne", "St. Mary's"]),
            ("anne larkspur", ["St. Anne"]),
            ("LARKSPUR ANNE", ["St. Anne"]),
            ("st marys", ["St. Mary's"]),
            ("St. Mary’s", ["St. Mary's"]),
            ("senora", ["Señora de la Luz"]),
            ("señora penasco", ["Señora de la Luz"]),
            ("63002", ["St. Mary's"]),
            ("anne santa", []),
            ("%", []),
            ("_", []),
            ("a\x00b", []),
        ],
        ids=str,
    )
    async def test_words_are_found_in_any_order_and_without_accents(
        self, settled: Country, q: str, expected: list[str]
    ) -> None:
        assert sorted(await names(settled, q=q)) == expected

    async def test_they_are_filtered(self, settled: Country) -> None:
        assert await names(settled, state="NM") == ["Señora de la Luz"]
        assert await names(settled, services=True) == await names(settled, reason="ok") == ["St. Anne"]
        assert (
            await names(settled, services=False, state="MO")
            == await names(settled, reason="no_schedule_page")
            == ["St. Mary's"]
        )
        assert await names(settled, reason="not_visited") == ["Señora de la Luz"]
        (one,) = (await parishes.found(settled.connection, parishes.Wanted(q="anne"))).rows
        assert await names(settled, diocese=one.diocese_id, q="mary") == ["St. Mary's"]
        assert (one.services, one.outcome.reason, one.diocese) == (1, "ok", "Diocese of Larkspur")

    async def test_they_are_sorted_and_paged(self, settled: Country) -> None:
        async def asked(sort: str, offset: int = 0, most: int = 50) -> list[str]:
            return [
                one.name
                for one in (await parishes.found(settled.connection, parishes.Wanted(), sort, offset, most)).rows
            ]

        assert await asked("city") == ["St. Mary's", "St. Anne", "Señora de la Luz"]
        assert await asked("-city") == ["Señora de la Luz", "St. Anne", "St. Mary's"]
        assert await asked("city", 1, 1) == ["St. Anne"]
        assert (await parishes.found(settled.connection, parishes.Wanted(), "", 500)) == parishes.Found((), 3)

    async def test_the_database_folds_as_we_do(self, here: Country) -> None:
        for text in ("St. Mary's", "NIÑO ÉÜß", "L’Église, Ste.-Anne", "Ł ﬁ ½ Å", "İI"):
            (said,) = await (
                await here.connection.execute(f"SELECT {sql_folded('%s::text')}".encode(), [text])
            ).fetchone()  # type: ignore[misc]
            assert said == folded(text), text


class TestAParish:
    async def test_it_is_told_with_what_is_known_of_it(self, here: Country) -> None:
        larkspur = await here.diocese("Diocese of Larkspur", state="MO")
        anne = await here.parish(larkspur, "St. Anne", city="Larkspur", languages=["en", "es"], platform="ecatholic")
        church = await here.add("churches", parish_id=anne, name="Holy Lamp Chapel")
        await here.service(anne, start_time="08:00", church_id=church)
        await here.service(anne, start_time="12:00", valid_to=LONG_AGO)
        await here.outcome("schedule", "parish", anne, "ok")
        page = await parish.of(here.connection, anne)
        assert page is not None
        assert (page.published.diocese, page.published.seat_state, page.diocese_id) == (
            "Diocese of Larkspur",
            "MO",
            larkspur,
        )
        assert page.published.entry == ParishEntry("St. Anne", city="Larkspur", languages=("en", "es"))
        (service,) = page.published.services
        assert (service.service.start, service.service.church, len(service.service.evidence)) == (
            "08:00",
            "Holy Lamp Chapel",
            1,
        )
        assert (page.churches, page.outcome.reason, page.source.platform) == (("Holy Lamp Chapel",), "ok", "ecatholic")

    async def test_there_may_be_none(self, here: Country) -> None:
        assert await parish.of(here.connection, 12) is None


class TestCoverage:
    async def test_it_is_counted_by_the_state_in_which_a_parish_stands(self, here: Country) -> None:
        larkspur = await here.diocese("Diocese of Larkspur", state="MO")
        await here.diocese("Diocese of Oldfield", state="OH", listed=False)
        await here.diocese("Diocese of Nowhere")
        anne = await here.parish(
            larkspur, "St. Anne", state="MO", website="https://anne.example", latitude=38, longitude=-90
        )
        await here.parish(larkspur, "St. Brendan", latitude=40, longitude=-92)
        await here.parish(larkspur, "St. Clare", state="IL", latitude=0, longitude=0)
        await here.parish(larkspur, "St. Dymphna", state="IL", latitude=45)
        await here.service(anne)
        states = await coverage.states(here.connection)
        assert [astuple(one) for one in states] == [("IL", 0, 2, 0, 0), ("MO", 1, 2, 1, 1)]
        found = {one.name: one for one in await coverage.dioceses(here.connection)}
        assert (found["Diocese of Larkspur"].latitude, found["Diocese of Larkspur"].longitude) == (39, -91)
        assert (found["Diocese of Larkspur"].parishes, found["Diocese of Larkspur"].with_services) == (4, 1)
        assert (found["Diocese of Nowhere"].latitude, found["Diocese of Nowhere"].parishes) == (None, 0)
        assert "Diocese of Oldfield" not in found
