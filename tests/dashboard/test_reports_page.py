"""*Reports*: the newest one shown as a stranger, the earlier ones with what they counted."""

from datetime import UTC, datetime, timedelta

import httpx
from dashboard.seen import rows, text

from vitality_lib.store import report_queries
from vitality_lib.store.database import Database

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PAGE = "<!doctype html><title>r</title><style>h1 { color: red }</style><h1>Report</h1>"


async def keep(database: Database, count: int) -> None:
    """So many reports, one a day, each with one parish more; only the newest has its page."""
    async with database.transaction() as connection:
        for number in range(count):
            figures = {"web": "sample", "totals": {"parishes": 10 + number, "services": None, "hostile": "<b>"}}
            made_at = NOW - timedelta(days=count - 1 - number)
            await report_queries.keep_report(
                connection, run=f"run-<i>{number}</i>", made_at=made_at, figures=figures, path="x", page=PAGE.encode()
            )
        await connection.execute("UPDATE reports SET page = NULL WHERE id < (SELECT max(id) FROM reports)")


async def test_without_a_report_it_says_how_to_make_one(reader: httpx.AsyncClient) -> None:
    assert "There is no report yet" in text((await reader.get("/vitality/reports")).text)


async def test_the_newest_is_shown_and_all_are_listed_fifty_a_page(
    reader: httpx.AsyncClient, database: Database
) -> None:
    await keep(database, 52)
    page = (await reader.get("/vitality/reports")).text
    assert 'src="/vitality/reports/52/page"' in page
    assert "Of 20 November 2026, 12:00:00 UTC" in text(page)
    listed = rows(page, "reports")
    assert (len(listed), listed[0]["Parishes"], listed[0]["Services"], listed[0]["Run"]) == (
        50,
        "61",
        "–",
        "run-<i>51</i>",
    )
    assert [row["Page"][:4] for row in listed[:2]] == ["Open", "not "]
    second = (await reader.get("/vitality/reports?page=2")).text
    assert [row["Parishes"] for row in rows(second, "reports")] == ["11", "10"]
    assert "Parishes over time" in page
    assert "Services over time" not in page


async def test_a_report_may_do_nothing_but_look_as_it_does(reader: httpx.AsyncClient, database: Database) -> None:
    await keep(database, 2)
    answer = await reader.get("/vitality/reports/2/page")
    assert answer.text == PAGE
    policy = answer.headers["content-security-policy"]
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"} <= set(policy.split("; "))
    assert "script-src" not in policy


async def test_a_page_that_is_not_kept_is_not_there(reader: httpx.AsyncClient, database: Database) -> None:
    await keep(database, 2)
    for report in ("1", "77", str(2**70), "-1"):
        answer = await reader.get(f"/vitality/reports/{report}/page")
        assert (answer.status_code, "not kept" in answer.text) == (404, True), report
    assert (await reader.get("/vitality/reports/x/page")).status_code == 422
