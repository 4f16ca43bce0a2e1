"""The model labels lines by number: what is no label counts for nothing; a bad answer is not believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from gemini_service import Gemini
from hypothesis import given
from hypothesis import strategies as st

from vitality_lib.ai.assistant import assistant
from vitality_lib.ai.calls import Question
from vitality_lib.ai.mark_spans import MOST_SPANS, Label, Mark, Span, marker
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database, connect

LINES = (
    Span("Saturday 3:00 pm, in the side chapel", "Mercy"),
    Span("Monday 9:00 am to noon", "Come in"),
)
PLAIN = {"office is open": "office_hours", "Holy Mass": "mass", "hears confessions": "confession", "Bingo": "event"}


def answer(contents: str, first: Any = "confession", second: Any = "other") -> Any:
    """A good answer, with these labels for the two lines."""
    labels = {LINES[0].text: first, LINES[1].text: second}
    return {"marks": [{"line": one["number"], "label": _label(one["line"], labels)} for one in json.loads(contents)]}


def _label(line: str, labels: dict[str, Any]) -> Any:
    return labels[line] if line in labels else next((PLAIN[word] for word in PLAIN if word in line), "other")


async def labels(change: Callable[[Any, str], Any], spans: tuple[Span, ...] = LINES) -> tuple[Label | None, ...]:
    """What comes of a good answer that was changed; `change` is given the answer and what was shown."""

    async def ask(question: Question) -> Any:
        return change(answer(question.content), question.content)

    return await marker(ask)(spans)


def number_of(line: Span, contents: str) -> int:
    return next(int(one["number"]) for one in json.loads(contents) if one["line"] == line.text)


async def test_a_good_answer_labels_each_line() -> None:
    assert await labels(lambda good, shown: good) == (Label.CONFESSION, Label.OTHER)


@pytest.mark.parametrize(
    "extra", [{"time": "3:00 am"}, {"line": "0"}, {"line": 99}, {"line": True}, {"label": "x"}, {}]
)
async def test_what_else_an_answer_holds_counts_for_nothing(extra: dict[str, Any]) -> None:
    def more(good: Any, shown: str) -> Any:
        return {"marks": [*good["marks"], extra, None, 7, [], "mass"], "services": [{"start": "03:00"}]}

    assert await labels(more) == (Label.CONFESSION, Label.OTHER)


@pytest.mark.parametrize("label", ["Mass", "MASS ", "", None, 1, ["mass"], {"label": "mass"}, "sermon"])
async def test_what_is_no_label_is_none(label: Any) -> None:
    assert await labels(lambda good, shown: answer(shown, first=label)) == (None, Label.OTHER)


async def test_a_line_with_two_labels_has_none() -> None:
    def twice(good: Any, shown: str) -> Any:
        return {"marks": [*good["marks"], {"line": number_of(LINES[0], shown), "label": "mass"}]}

    assert await labels(twice) == (None, Label.OTHER)


@pytest.mark.parametrize("label", list(Label))
async def test_an_answer_that_gives_every_line_one_label_is_not_believed(label: Label) -> None:
    def all_alike(good: Any, shown: str) -> Any:
        return {"marks": [one | {"label": label.value} for one in good["marks"]]}

    assert await labels(all_alike) == (None, None)


async def test_an_answer_that_leaves_a_plain_line_out_is_not_believed() -> None:
    ours = {line.text for line in LINES}

    def only_the_pages(good: Any, shown: str) -> Any:
        lines = {one["number"]: one["line"] for one in json.loads(shown)}
        return {"marks": [one for one in good["marks"] if lines[one["line"]] in ours]}

    assert await labels(only_the_pages) == (None, None)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-3, 60) | st.floats() | st.sampled_from(list(Label)),
        lambda inner: (
            st.lists(inner, max_size=8)
            | st.dictionaries(st.sampled_from(["marks", "line", "label"]), inner, max_size=3)
        ),
    )
)
async def test_any_other_answer_gives_nothing(anything: Any) -> None:
    assert await labels(lambda good, shown: anything) == (None, None)


async def test_without_lines_nothing_is_asked() -> None:
    async def ask(question: Question) -> Any:
        raise AssertionError("asked")

    assert await marker(ask)(()) == ()


async def test_what_is_shown_is_short_and_in_an_order_that_no_page_chooses() -> None:
    shown: list[list[dict[str, Any]]] = []

    async def ask(question: Question) -> Any:
        shown.append(json.loads(question.content))

    many = [Span(f"{number} " + "word " * 99, "heading " * 99) for number in range(90)]
    assert await marker(ask)(many) == (None,) * 90
    await marker(ask)(tuple(reversed(many[:MOST_SPANS])))
    assert len(shown[0]) == MOST_SPANS + len(PLAIN)
    assert max(len(one["line"]) for one in shown[0]) == 160
    assert max(len(one["heading"]) for one in shown[0]) == 80
    assert shown[0] == shown[1]
    assert [one["number"] for one in shown[0]] == list(range(len(shown[0])))


# --- over the wire


def mark_of(settings: Settings, database: Database) -> Mark:
    mark = assistant(settings, database).mark
    assert mark is not None
    return mark


async def test_without_a_key_there_is_nobody_to_ask(database_settings: Settings, database: Database) -> None:
    assert assistant(database_settings, database).mark is None


async def test_the_service_is_asked_in_its_own_form(ai_settings: Settings, database: Database, gemini: Gemini) -> None:
    gemini.answer = answer
    assert await mark_of(ai_settings, database)(LINES) == (Label.CONFESSION, Label.OTHER)
    (asked,) = gemini.asked
    form = asked["body"]["generationConfig"]["responseSchema"]
    assert form["properties"]["marks"]["items"]["properties"]["label"]["enum"] == [label.value for label in Label]
    assert "Saturday" not in asked["body"]["systemInstruction"]["parts"][0]["text"]


async def test_the_same_lines_are_never_asked_about_twice_whoever_asks(
    ai_settings: Settings, database: Database, gemini: Gemini
) -> None:
    gemini.answer = answer
    first = await mark_of(ai_settings, database)(LINES)
    async with connect(ai_settings) as other_worker:
        assert await mark_of(ai_settings, other_worker)(LINES) == first
    assert len(gemini.asked) == 1
    await mark_of(ai_settings, database)(LINES[:1])
    assert len(gemini.asked) == 2


async def test_a_spent_budget_and_a_failure_are_no_labels(
    ai_settings: Settings, database: Database, gemini: Gemini
) -> None:
    nothing = (None, None)
    gemini.status = 429
    spent = ai_settings.model_copy(update={"gemini_budget": 2})
    assert await mark_of(spent, database)(LINES) == nothing
    gemini.status, gemini.answer = 200, "no JSON"
    assert await mark_of(spent, database)(LINES) == nothing
    gemini.answer = answer
    assert await mark_of(spent, database)(LINES) == nothing
    assert len(gemini.asked) == 2
    assert await mark_of(ai_settings, database)(LINES) == (Label.CONFESSION, Label.OTHER)
