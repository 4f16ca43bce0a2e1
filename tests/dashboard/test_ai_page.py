"""*AI*: what was asked of the model by day and purpose, what it cost, what of the budget is left."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from dashboard.seen import rows, text

from vitality_lib.store import ai_calls
from vitality_lib.store.ai_calls import Begun
from vitality_lib.store.database import Database


@pytest.fixture(autouse=True)
def _own_runtime(monkeypatch: pytest.MonkeyPatch):
    """Each test reads the settings for itself; the day's budget is five questions."""
    from vitality_airflow.runtime import runtime  # noqa: PLC0415

    monkeypatch.setenv("VITALITY_GEMINI_BUDGET", "5")
    runtime.cache_clear()
    yield
    runtime.cache_clear()


async def ask(database: Database, number: int, *, days: int = 0, tokens: int | None = None, why: str = "") -> None:
    """One question, that was answered with so many tokens, failed, or has no end yet."""
    when = datetime.now(UTC) - timedelta(days=days)
    async with database.transaction() as connection:
        call = await ai_calls.begin(
            connection, f"hash-{number}", purpose="rank_links", model="gemini-x", now=when, budget=1000
        )
        assert isinstance(call, Begun)
        if tokens is not None:
            await ai_calls.answered(connection, call.id, [1], tokens)
        elif why:
            await ai_calls.failed(connection, call.id, why)


async def test_nothing_asked_is_nothing_spent(reader: httpx.AsyncClient) -> None:
    page = text((await reader.get("/vitality/ai")).text)
    assert "0 of 5 questions" in page
    assert "Nothing was asked in 30 days" in page


async def test_calls_stand_by_day_and_failures_with_their_reason(reader: httpx.AsyncClient, database: Database) -> None:
    await ask(database, 1, tokens=1_000_000)
    await ask(database, 2, why="<img src=x onerror=alert(1)> refused")
    await ask(database, 3)
    await ask(database, 4, days=1, tokens=500_000)
    await ask(database, 5, days=40, tokens=9)
    page = (await reader.get("/vitality/ai")).text
    today, yesterday = rows(page, "calls")
    columns = ("Asked", "Answered", "Failed", "Without an end", "Tokens")
    assert [today[name] for name in columns] == ["3", "1", "1", "1", "1,000,000"]
    assert [yesterday[name] for name in columns] == ["1", "1", "0", "0", "500,000"]
    assert "3 of 5 questions" in text(page)
    assert "2 left today" in text(page)
    assert "What a token costs is not known here" in text(page)
    (failure,) = rows(page, "failures")
    assert failure["Why"] == "<img src=x onerror=alert(1)> refused"


async def test_a_price_makes_tokens_dollars(
    reader: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITALITY_GEMINI_PRICE", "0.4")
    await ask(database, 1, tokens=1_500_000)
    page = (await reader.get("/vitality/ai")).text
    assert "$ 0.60 in 30 days, at $ 0.4 per million tokens" in text(page)
    assert rows(page, "calls")[0]["Cost"] == "$ 0.6000"


async def test_a_spent_budget_is_said(reader: httpx.AsyncClient, database: Database) -> None:
    for number in range(5):
        await ask(database, number, tokens=1)
    assert "Today's budget is spent" in text((await reader.get("/vitality/ai")).text)
