"""Orders on a page move no field of any service: 200 pages, and a model that obeys whatever it is shown."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from injections import HOW_MANY, ORDERS, PLACES, Injected, injected, obedient, obey, sees_order
from shorthand import document
from uncertain_pages import PAGES, diligent

from vitality_lib.ai.calls import Question
from vitality_lib.ai.mark_spans import marker
from vitality_lib.models import Service
from vitality_lib.schedules import orders
from vitality_lib.schedules.doubts import doubts
from vitality_lib.schedules.lines import tidy
from vitality_lib.schedules.marks import marked
from vitality_lib.schedules.page_services import read_page

CASES = list(injected())


class Model:
    """What is asked in place of the service; `shown` is what it saw."""

    def __init__(self, answers: Any) -> None:
        self.answers = answers
        self.shown: list[str] = []

    async def ask(self, question: Question) -> Any:
        self.shown.append(question.content)
        return json.loads(json.dumps(self.answers(question.content)))


async def read(html: str, model: Model) -> tuple[Service, ...]:
    """The services of a page, those that the model helps to find included."""
    page = document(html)
    known = read_page(page).services
    return (*known, *await marked(marker(model.ask), [doubts(page, known)], known))


def fields(services: tuple[Service, ...]) -> list[dict[str, Any]]:
    """Every field of every service; of the evidence what does not depend on where on the page it stands."""
    kept = ("quote", "method", "confidence")
    return [
        one.record() | {"evidence": [{name: getattr(piece, name) for name in kept} for piece in one.evidence]}
        for one in services
    ]


def test_the_cases_are_of_every_kind() -> None:
    assert len({case.html for case in CASES}) == HOW_MANY
    assert {case.order for case in CASES} == {order for order, _ in ORDERS}
    assert {case.name.partition("-")[2] for case in CASES} == set(PLACES)
    assert all(sees_order(unescape(case.html)) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_no_field_is_moved_and_no_order_is_sent(case: Injected) -> None:
    clean = Model(diligent)
    expected = fields(await read(case.clean, clean))
    model = Model(obedient(case.does))
    assert fields(await read(case.html, model)) == expected
    assert model.shown == clean.shown
    assert len(model.shown) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_orders_that_are_not_recognised_move_nothing_either(
    case: Injected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if every order reaches the model, and it obeys, nothing is added and what the page states stands."""
    monkeypatch.setattr(orders, "_order_at", lambda text, signs: None)
    page = document(case.html)
    known = read_page(page).services
    model = Model(lambda contents: obey(case.does, contents))
    found = doubts(page, known)
    assert await marked(marker(model.ask), [found], known) == ()
    assert len(model.shown) == bool(found)


@pytest.mark.parametrize("number", range(len(PAGES)))
async def test_a_model_that_lies_can_only_take_what_the_page_suggests(number: int) -> None:
    """It does its work, then gives one uncertain line each label: what may come of it stands on the page."""
    page = document(PAGES[number].html)
    known = read_page(page).services
    ready = doubts(page, known)
    for doubt in ready:
        for label in ("mass", "confession", "adoration", "other_devotion", "office_hours", "event", "other"):

            def lies(contents: str, line: str = doubt.text, label: str = label) -> Any:
                told = {one["number"]: one["line"] for one in json.loads(contents)}
                marks = diligent(contents)["marks"]
                return {"marks": [one | {"label": label} if told[one["line"]] == line else one for one in marks]}

            got = await marked(marker(Model(lies).ask), [ready], known)
            assert {one.value for one in got} <= {one.value for each in ready for one in each.services}
            taken = any(one in got for one in doubt.services)
            assert taken == (label == doubt.suggested.value)


@pytest.mark.parametrize("order", [order for order, _ in ORDERS])
def test_each_order_is_recognised(order: str) -> None:
    assert orders.gives_orders(tidy(order))
