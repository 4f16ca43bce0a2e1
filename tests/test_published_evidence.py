"""From the page to the database: evidence leads back to the stored page, and one change of the page is one change."""

from __future__ import annotations

from datetime import timedelta

from tiny_country import ANNE, PARISHES, SERVICES_EACH, Country, mass_times, page

from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.reports.schedule_changes import changes
from vitality_lib.schedules.text import visible_text
from vitality_lib.stages import schedule
from vitality_lib.store import pages, service_history

SUNDAY = "<li>Sunday: 8:00 AM</li>"


async def put(known: Country, body: str) -> list[str]:
    """St. Anne's page is another one from tomorrow on; what the change feed says of it."""
    since = known.now
    known.now += timedelta(days=1)
    known.web.pages[f"{ANNE}/"] = page(body)
    await known.do(schedule, run=f"{known.now}", force=True)
    async with known.database.transaction() as connection:
        return [one.words for one in changes(await service_history.moved(connection, since), since)]


async def test_every_hash_is_a_stored_body_and_every_quote_stands_in_its_text(known: Country) -> None:
    rows = await known.rows("SELECT page_hash, url, quote, span_start, span_end FROM evidence")
    assert len(rows) >= 6 * SERVICES_EACH
    async with known.database.transaction() as connection:
        for page_hash, url, quote, start, end in rows:
            body = await pages.body(connection, str(page_hash))
            assert body is not None
            kept = Page(str(url), body)
            assert kept.sha256 == page_hash
            assert visible_text(Document(kept))[start:end] == quote != ""  # type: ignore[misc]


async def test_changing_a_time_on_the_page_changes_exactly_that_service(known: Country) -> None:
    before = {one.value for one in (await known.parish(ANNE)).services}
    assert await put(known, mass_times(PARISHES[ANNE], "8:30 AM")) == ["Sunday Mass 8:00 AM is now at 8:30 AM"]
    after = {one.value for one in (await known.parish(ANNE)).services}
    assert (len(before - after), len(after - before)) == (1, 1)


async def test_deleting_a_line_on_the_page_ends_exactly_its_service(known: Country) -> None:
    body = mass_times(PARISHES[ANNE])
    assert SUNDAY in body
    assert await put(known, body.replace(SUNDAY, "")) == ["No longer: Mass, Sundays at 8:00 AM, at St. Anne"]
    assert len((await known.parish(ANNE)).services) == SERVICES_EACH - 1
    assert await put(known, body) == ["New: Mass, Sundays at 8:00 AM, at St. Anne"]
