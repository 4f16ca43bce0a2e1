"""The pages of reports that the database keeps, for whoever cannot reach the worker's disk."""

from __future__ import annotations

import zlib
from datetime import timedelta

from fictional_country import NOON, Country

from vitality_lib.store import report_queries


async def test_the_page_is_kept_as_it_was_written(country: Country) -> None:
    made = await country.report()
    row = await (await country.connection.execute("SELECT page FROM reports")).fetchone()
    assert row is not None
    assert zlib.decompress(row[0]) == made.html.read_bytes()


async def test_only_the_newest_sixty_pages_are_kept_and_all_figures(empty_country: Country) -> None:
    for number in range(62):
        await report_queries.keep_report(
            empty_country.connection, run=f"run-{number}", made_at=NOON + timedelta(hours=6 * number),
            figures={"totals": {}}, path="", page=b"<p>",
        )  # fmt: skip
    rows = await empty_country.connection.execute("SELECT run FROM reports WHERE page IS NULL ORDER BY made_at")
    assert await rows.fetchall() == [("run-0",), ("run-1",)]
    count = await (await empty_country.connection.execute("SELECT count(*) FROM reports")).fetchone()
    assert count == (62,)
