"""Uncertain lines in the schedule stage: one call for a page, none for what was asked before, and none too many."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from command_line import Vitality
from gemini_service import KEY, Gemini
from pydantic import SecretStr
from schedules.uncertain_pages import PAGES, diligent
from tiny_country import ANNE, Country, page

from vitality_lib.ai.assistant import assistant
from vitality_lib.stages import discovery, extraction, schedule

PAGE = PAGES[1].html  # states a Mass plainly, and confessions on Saturday at 15:00 for those who understand it
A_DAY = timedelta(days=1, minutes=1)


@pytest.fixture
async def asking(country: Country, gemini: Gemini) -> Country:
    """The tiny country with one uncertain page, of which the directories are known."""
    gemini.answer = diligent
    country.web.pages[f"{ANNE}/"] = page(PAGE)
    await country.do(discovery, extraction)
    return country


async def visited(country: Country, gemini: Gemini, run: str, **settings: object) -> None:
    """The schedule stage, by a worker with a key."""
    asked = {"gemini_api_key": SecretStr(KEY), "gemini_url": gemini.url, "timeout_seconds": 5.0}
    async with country.work(run, **asked | settings) as work:
        await schedule(replace(work, assistant=assistant(work.settings, work.database)))


async def published(country: Country) -> set[tuple[str, str | None]]:
    return {(one.type.value, one.start) for one in (await country.parish(ANNE)).services}


async def calls(country: Country) -> list[Any]:
    return [tuple(row) for row in await country.rows("SELECT purpose, state FROM ai_calls ORDER BY id")]


async def test_what_the_model_points_at_is_published_and_a_second_visit_asks_nothing(
    asking: Country, gemini: Gemini
) -> None:
    await visited(asking, gemini, "first")
    assert await published(asking) == {("mass", "09:00"), ("confession", "15:00")}
    assert await calls(asking) == [("mark_spans", "answered")]
    asking.now += 20 * A_DAY
    await visited(asking, gemini, "second", worker_id="bea")
    assert await published(asking) == {("mass", "09:00"), ("confession", "15:00")}
    assert len(gemini.asked) == 1


async def test_a_page_that_changes_elsewhere_is_not_asked_about_again(asking: Country, gemini: Gemini) -> None:
    await visited(asking, gemini, "first")
    asking.now += 20 * A_DAY
    asking.web.pages[f"{ANNE}/"] = page(f"{PAGE}<p>The picnic was a success.</p>")
    await visited(asking, gemini, "second")
    assert await published(asking) == {("mass", "09:00"), ("confession", "15:00")}
    assert len(gemini.asked) == 1


async def test_without_a_budget_nobody_is_asked_and_the_rest_is_published(asking: Country, gemini: Gemini) -> None:
    await visited(asking, gemini, "first", gemini_budget=0)
    assert await published(asking) == {("mass", "09:00")}
    assert gemini.asked == []


async def test_a_model_that_fails_costs_a_parish_nothing(asking: Country, gemini: Gemini) -> None:
    gemini.status = 500
    await visited(asking, gemini, "first")
    assert await published(asking) == {("mass", "09:00")}
    assert await calls(asking) == [("mark_spans", "failed")]


async def test_an_answer_that_is_not_believed_is_counted_and_not_asked_for_again(
    asking: Country, gemini: Gemini
) -> None:
    gemini.answer = lambda shown: {"marks": [{"line": at, "label": "mass"} for at in range(len(json.loads(shown)))]}
    await visited(asking, gemini, "first")
    asking.now += 20 * A_DAY
    await visited(asking, gemini, "second")
    assert await published(asking) == {("mass", "09:00")}
    assert await calls(asking) == [("mark_spans", "answered")]


async def test_stored_pages_that_are_read_again_keep_what_the_model_pointed_at_and_nobody_is_asked(
    asking: Country, gemini: Gemini, vitality: Vitality
) -> None:
    await visited(asking, gemini, "first")
    known = {"GEMINI_API_KEY": KEY, "VITALITY_GEMINI_URL": gemini.url, **asking.environment()}
    done = await vitality.beside("reparse", "--publish", **known)
    assert done.returncode == 0, done.stderr
    assert await published(asking) == {("mass", "09:00"), ("confession", "15:00")}
    assert len(gemini.asked) == 1
