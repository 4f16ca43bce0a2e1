"""A question is asked once, counted before it is asked, and stops at the budget; what goes wrong is no answer."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from gemini_service import KEY, Gemini

from vitality_lib import logs
from vitality_lib.ai import gemini as client
from vitality_lib.ai.assistant import Assistant, assistant
from vitality_lib.ai.calls import Failed, Question, asker
from vitality_lib.settings import Settings
from vitality_lib.store import ai_calls
from vitality_lib.store.database import Connection, Database

QUESTION = Question("rank_links", "Put them in order.", '[{"number": 0}]', {"type": "object", "properties": {}})


@pytest.fixture
def ask(ai_settings: Settings, database: Database) -> Callable[..., Awaitable[Any]]:
    async def ask(question: Question = QUESTION, budget: int = 10) -> Any:
        model = client.Gemini.of(ai_settings)
        assert model is not None
        return await asker(model, database, budget)(question)

    return ask


async def ledger(database: Database) -> list[tuple[Any, ...]]:
    async with database.transaction() as connection:
        rows = await connection.execute("SELECT state, answer, tokens, detail FROM ai_calls ORDER BY id")
        return await rows.fetchall()


async def test_a_question_goes_out_in_the_services_own_form(ask: Any, gemini: Gemini, database: Database) -> None:
    gemini.answer = {"order": [2, 0]}
    assert await ask() == {"order": [2, 0]}
    (asked,) = gemini.asked
    assert asked["path"].startswith("/v1beta/models/gemini-flash-latest:generateContent")
    assert asked["headers"]["x-goog-api-key"] == KEY
    assert KEY not in asked["path"]
    assert asked["body"]["systemInstruction"]["parts"][0]["text"] == "Put them in order."
    assert gemini.contents == '[{"number": 0}]'
    assert asked["body"]["generationConfig"]["responseMimeType"] == "application/json"
    assert await ledger(database) == [("answered", {"order": [2, 0]}, 129, None)]


async def test_what_was_answered_before_is_not_asked_again(ask: Any, gemini: Gemini) -> None:
    gemini.answer = {"order": [1]}
    first = await ask()
    gemini.answer = {"order": [0]}
    assert await ask(budget=0) == first
    assert len(gemini.asked) == 1


@pytest.mark.parametrize(
    "other",
    [
        Question("repeating_element", QUESTION.prompt, QUESTION.content, QUESTION.schema),
        Question(QUESTION.purpose, "Else.", QUESTION.content, QUESTION.schema),
        Question(QUESTION.purpose, QUESTION.prompt, "[]", QUESTION.schema),
    ],
)
async def test_another_question_is_asked(ask: Any, gemini: Gemini, other: Question) -> None:
    gemini.answer = {"order": []}
    await ask()
    await ask(other)
    assert len(gemini.asked) == 2


async def test_the_budget_stops_it_and_failures_count(ask: Any, gemini: Gemini, database: Database) -> None:
    gemini.status = 500
    assert await ask(budget=2) is None
    assert await ask(budget=2) is None
    gemini.status, gemini.answer = 200, {"order": [0]}
    assert await ask(budget=2) is None
    assert len(gemini.asked) == 2
    assert [row[0] for row in await ledger(database)] == ["failed", "failed"]
    assert await ask(budget=3) == {"order": [0]}


async def test_a_budget_of_nothing_asks_nothing(ask: Any, gemini: Gemini, database: Database) -> None:
    assert await ask(budget=0) is None
    assert gemini.asked == []
    assert await ledger(database) == []


async def test_pods_that_ask_at_once_keep_to_one_budget(database: Database) -> None:
    now = datetime.now(UTC)

    async def begin(number: int) -> object:
        async with database.transaction() as connection:
            return await ai_calls.begin(connection, str(number), purpose="x", model="m", now=now, budget=3)

    begun = await asyncio.gather(*map(begin, range(8)))
    assert sum(one is not None for one in begun) == 3


async def test_the_budget_is_one_of_a_day(database: Database) -> None:
    late = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)

    async def begin(connection: Connection, now: datetime) -> object:
        return await ai_calls.begin(connection, str(now), purpose="x", model="m", now=now, budget=1)

    async with database.transaction() as connection:
        assert await begin(connection, late)
        assert await begin(connection, late + timedelta(seconds=59)) is None
        assert await begin(connection, late + timedelta(minutes=2))


async def test_it_is_counted_before_it_is_asked(ai_settings: Settings, database: Database) -> None:
    seen: list[Any] = []

    class Model:
        name = "m"

        async def answer(self, question: Question) -> Failed:
            seen.extend(await ledger(database))
            return Failed("gone")

    await asker(Model(), database, 1)(QUESTION)
    assert [row[0] for row in seen] == ["asked"]


CASES: dict[str, dict[str, Any]] = {
    "too many requests": {"status": 429},
    "an error of the server": {"status": 500},
    "the key is refused": {"status": 403},
    "no JSON at all": {"body": b"<html>502 Bad Gateway</html>"},
    "an empty body": {"body": b""},
    "JSON of something else": {"body": b'[1, {"a": null}]'},
    "JSON cut off": {"body": b'{"candidates": [{"content": {"parts": [{"te'},
    "no candidates": {"body": b"{}"},
    "a blocked prompt": {"body": b'{"promptFeedback": {"blockReason": "SAFETY"}}'},
    "a candidate without content": {"body": b'{"candidates": [{"finishReason": "MAX_TOKENS", "index": 0}]}'},
    "an answer in prose": {"answer": "I cannot do that."},
    "an answer that no table holds": {"answer": '{"order": ["\\u0000"]}'},
    "an answer half a character long": {"answer": '["\\ud800"]'},
    "an infinite answer": {"answer": "[1e999]"},
    "an endless answer": {"answer": json.dumps(list(range(20_000)))},
    "silence": {"seconds": 3.0},
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
async def test_what_goes_wrong_is_no_answer(ask: Any, gemini: Gemini, database: Database, case: str) -> None:
    for name, value in CASES[case].items():
        setattr(gemini, name, value)
    assert await ask() is None
    ((state, answer, _, detail),) = await ledger(database)
    assert (state, answer) == ("failed", None)
    assert detail
    assert KEY not in detail


async def test_a_service_that_is_not_there_is_no_answer(
    ai_settings: Settings, database: Database, gemini: Gemini
) -> None:
    model = client.Gemini.of(ai_settings.model_copy(update={"gemini_url": "http://127.0.0.1:9"}))
    assert model is not None
    assert await asker(model, database, 1)(QUESTION) is None


async def test_the_key_is_never_shown(
    ask: Any, ai_settings: Settings, gemini: Gemini, capfd: pytest.CaptureFixture[str]
) -> None:
    stream = io.StringIO()
    logs.configure(ai_settings.model_copy(update={"log_level": "DEBUG"}), stream)
    for status in (429, 403, 200):
        gemini.status, gemini.answer = status, "no JSON"
        await ask(budget=10)
    assert "the model gave no answer" in stream.getvalue()
    said = "".join(capfd.readouterr())
    for text in (stream.getvalue(), said, repr(client.Gemini.of(ai_settings)), repr(ai_settings)):
        assert KEY not in text


async def test_without_a_key_there_is_no_assistant(database_settings: Settings, database: Database) -> None:
    assert assistant(database_settings, database) == Assistant(None, None)


def test_without_a_key_the_client_is_not_even_imported() -> None:
    code = "import sys, vitality_lib.ai.assistant; print('google.generativeai' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "False"
