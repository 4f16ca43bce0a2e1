"""What one fetched page costs the database: each question is one round trip, and they are counted."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Page, Purpose, Request
from vitality_lib.store.database import Database
from vitality_lib.web.door import Door, open_door
from vitality_lib.web.keeper import Still

HOST = "www.st-brendan.example"
TURN = ["turns.take", "turns.give_back"]


class Questions(list[str]):
    """Who of the store asked, one entry a statement; `trips` to the server and back, BEGIN and COMMIT included."""

    trips = 0


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Questions]:
    """The questions of the block."""
    questions = Questions()
    execute, wait = psycopg.AsyncConnection.execute, psycopg.AsyncConnection.wait

    def executing(self: Any, *given: Any, **more: Any) -> Any:
        asking = sys._getframe(1)
        while asking.f_code.co_name.startswith("_") and asking.f_back:
            asking = asking.f_back
        questions.append(f"{asking.f_globals['__name__'].rpartition('.')[2]}.{asking.f_code.co_name}")
        return execute(self, *given, **more)

    def waiting(self: Any, *given: Any, **more: Any) -> Any:
        questions.trips += 1
        return wait(self, *given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.AsyncConnection, "execute", executing)
        patched.setattr(psycopg.AsyncConnection, "wait", waiting)
        yield questions


@pytest.fixture
async def door(web: Server, database: Database) -> AsyncIterator[Door]:
    def page(asked: Asked) -> Reply:
        unchanged = asked.headers.get("if-none-match") == '"1"'
        return Reply("" if unchanged else f"<h1>Mass Times {asked.path}", 304 if unchanged else 200, {"ETag": '"1"'})

    web.pages |= {f"{HOST}/": page, f"{HOST}/mass": page}
    # Nobody waits for a turn here: what waiting costs is another question.
    async with open_door(web.settings(pace=0.0001, min_delay_seconds=0, delay_factor=0), database) as opened:
        yield opened


async def asked_for(door: Door, path: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Page, Questions]:
    with counted(monkeypatch) as questions:
        page = await door.get(Request(f"http://{HOST}{path}", Purpose.SCHEDULE))
    assert isinstance(page, Page)
    return page, questions


async def test_the_first_page_of_a_host_costs_four_questions_and_its_robots_txt_four(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, questions = await asked_for(door, "/", monkeypatch)
    assert questions == ["pages.find", "robots.claim", *TURN, "robots.keep", *TURN, "pages.keep"]
    assert questions.trips == 8


async def test_the_second_page_of_a_host_costs_four_questions(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    await asked_for(door, "/", monkeypatch)
    _, questions = await asked_for(door, "/mass", monkeypatch)
    assert questions == ["pages.find", *TURN, "pages.keep"]
    assert questions.trips == 4


async def test_a_page_that_has_not_changed_costs_four_questions_and_comes_with_its_body(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked_for(door, "/", monkeypatch)
    page, questions = await asked_for(door, "/", monkeypatch)
    assert page.unchanged
    assert page.body == b"<h1>Mass Times /"
    assert questions == ["pages.find", *TURN, "pages.confirm"]
    assert questions.trips == 4


async def test_pages_that_are_checked_cost_two_questions_each_and_two_for_all_of_them(
    door: Door, web: Server, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = [Request(f"http://{HOST}{path}", Purpose.SCHEDULE) for path in ("/", "/mass")]
    for request in requests:
        await door.get(request)
    async with open_door(web.settings(pace=0.0001, min_delay_seconds=0, delay_factor=0), database) as another:
        with counted(monkeypatch) as questions:
            recalling = await another.recalling(requests)
            answers = [await recalling.check(request) for request in requests]
    assert all(isinstance(answer, Still) for answer in answers)
    assert questions[:6] == ["robots.find_all", "pages.find_all", *TURN, *TURN]


async def test_a_host_whose_robots_txt_the_fleet_knows_costs_one_question_more(
    door: Door, web: Server, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked_for(door, "/", monkeypatch)
    async with open_door(web.settings(pace=0.0001), database) as another:
        _, questions = await asked_for(another, "/mass", monkeypatch)
    assert questions[:3] == ["pages.find", "robots.claim", "turns.take"]
    assert questions.count("robots.claim") == 1
    assert not {"robots.keep", "robots.release", "robots.find"} & set(questions)
