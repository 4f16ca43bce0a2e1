"""A model helps with lines that the parser leaves: it names what they are about, and the page says all the rest."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from shorthand import document, shorthand
from uncertain_pages import MASS, PAGES, Uncertain, diligent

from vitality_lib.ai.calls import Question
from vitality_lib.ai.mark_spans import Label, Mark, Span, marker
from vitality_lib.models import Outcome, Page, Reason, Request, Service
from vitality_lib.schedules.doubts import Doubt, doubts
from vitality_lib.schedules.marks import marked
from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.text import visible_text
from vitality_lib.schedules.visit import Visit, visit

HOME = "https://zita.example/"


async def ask(question: Question) -> object:
    return diligent(question.content)


async def added(html: str) -> tuple[Service, ...]:
    page = document(html)
    known = read_services(page).services
    return await marked(marker(ask), [doubts(page, known)], known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.services[0])
async def test_what_uncertain_lines_state_is_found_with_a_model_and_only_with_one(page: Uncertain) -> None:
    assert not {shorthand(one) for one in read_services(document(page.html)).services} & set(page.services)
    assert tuple(shorthand(one) for one in await added(page.html)) == page.services


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.services[0])
async def test_its_evidence_is_on_the_page_and_says_that_a_model_had_a_part_in_it(page: Uncertain) -> None:
    text = visible_text(document(page.html))
    for service in await added(page.html):
        (piece,) = service.evidence
        assert text[piece.start : piece.end] == piece.quote
        assert piece.method.startswith("ai:")
        assert piece.confidence <= 0.5


async def test_without_a_model_nothing_is_added() -> None:
    assert await marked(None, [doubts(document(PAGES[0].html))], ()) == ()


def said(label: Label | None, asked: list[Sequence[Span]]) -> Mark:
    async def mark(spans: Sequence[Span]) -> tuple[Label | None, ...]:
        asked.append(spans)
        return (label,) * len(spans)

    return mark


def doubt(line: str = "<p>Confessions in the office, Saturday 3:00 pm</p>") -> tuple[Doubt, ...]:
    return doubts(document(MASS + line))


@pytest.mark.parametrize("label", [None, *(one for one in Label if one is not Label.CONFESSION)])
async def test_a_label_that_the_page_does_not_suggest_counts_for_nothing(label: Label | None) -> None:
    assert await marked(said(label, []), [doubt()], ()) == ()


async def test_what_a_page_states_plainly_is_not_changed_and_not_asked_about() -> None:
    asked: list[Sequence[Span]] = []
    plain = read_services(document("<p>Confession: Saturday 3:00 pm to 4:00 pm</p>")).services
    assert await marked(said(Label.CONFESSION, asked), [doubt()], plain) == ()
    assert asked == []


async def test_each_page_is_one_question_and_the_same_service_is_added_once() -> None:
    asked: list[Sequence[Span]] = []
    other = doubt(
        "<p>Confessions at the office desk, Saturday 3:00 pm</p><p>Confessions: ring at the office, Monday 1:00 pm</p>"
    )
    found = await marked(said(Label.CONFESSION, asked), [doubt(), other, ()], ())
    assert [shorthand(one) for one in found] == ["confession SA 15:00", "confession MO 13:00"]
    assert [len(spans) for spans in asked] == [1, 2]


# --- in a visit


async def visited(pages: dict[str, str], with_model: bool = True) -> tuple[Visit, list[str]]:
    shown: list[str] = []

    async def fetch(request: Request) -> Page | Outcome:
        found = pages.get(request.url.removeprefix(HOME))
        return Page(request.url, found.encode()) if found else Outcome(Reason.HTTP_ERROR, "404")

    async def ask(question: Question) -> object:
        shown.append(question.content)
        return diligent(question.content)

    return await visit(HOME, fetch, 8, marker(ask) if with_model else None), shown


async def test_a_visit_ends_with_one_question_for_each_uncertain_page() -> None:
    home = PAGES[1].html + '<a href="/confession">Confession</a>'
    seen, shown = await visited({"": home, "confession": PAGES[11].html})
    assert [shorthand(one) for one in seen.services] == [
        "mass SU 09:00",
        "confession SA 15:00",
        "confession SA 16:15",
    ]
    assert len(shown) == 2


async def test_only_uncertain_lines_are_shown() -> None:
    _, (shown,) = await visited({"": PAGES[1].html + "<p>Call Mrs. Vane at home, 555-010-0199.</p>"})
    lines = [one["line"] for one in json.loads(shown)]
    assert "Confessions in the parish office on Saturdays at 3:00 pm." in lines
    assert not any("Vane" in line or line == "Sunday 9:00 am" for line in lines)


async def test_a_visit_to_a_plain_site_asks_nothing() -> None:
    week = f"{MASS}<p>Monday to Friday 8:00 am</p><h2>Office</h2><p>Monday 9:00 am to 4:00 pm</p>"
    seen, shown = await visited({"": week})
    assert seen.outcome.ok
    assert shown == []


async def test_a_site_with_uncertain_lines_only_has_services_by_the_model_alone() -> None:
    page = "<title>Adoration</title><h2>Come, let us rest in him</h2><p>Coffee afterwards.</p><p>Friday 7:00 pm</p>"
    without, _ = await visited({"": page}, with_model=False)
    assert without.outcome.reason is Reason.NO_SCHEDULE_PAGE
    seen, _ = await visited({"": page})
    assert seen.outcome.ok
    assert [shorthand(one) for one in seen.services] == ["adoration FR 19:00"]


async def test_uncertain_lines_of_an_old_schedule_are_left_alone() -> None:
    old = f"<title>Old Mass Schedule</title>{PAGES[1].html}"
    assert (await visited({"": old}))[1] == []
