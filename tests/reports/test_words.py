"""Words: shown without harm, written without harm, and each reason explained."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vitality_lib.models import Reason
from vitality_lib.reports.cells import cell
from vitality_lib.reports.reasons import NOT_VISITED, explain
from vitality_lib.reports.shown import shown


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1-314-555-0100", "'+1-314-555-0100"),
        ("-SUM(A1)", "'-SUM(A1)"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("St. Anne", "St. Anne"),
        ("+13145550100", "+13145550100"),  # E.164: a number, no formula
        (-90.2, "-90.2"),
        (None, ""),
        (True, "true"),
        (0, "0"),
        (datetime(2031, 5, 6, 12, tzinfo=UTC), "2031-05-06T12:00:00+00:00"),
    ],
)
def test_a_cell_is_never_a_formula(text: object, safe: str) -> None:
    assert cell(text) == safe


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("St. Anne", "St. Anne"),
        ("  St.\n Anne\t", "St. Anne"),
        ("Sant\u202eenna\u202c", "Sant enna"),
        ("Iglesia de Nuestra Señora", "Iglesia de Nuestra Señora"),
        ("x" * 130, "x" * 119 + "…"),
        ("\u202e" * 10_000 + "end", "…"),
    ],
)
def test_words_are_shown_on_one_short_line(text: str, said: str) -> None:
    assert shown(text) == said


@pytest.mark.parametrize("reason", [*Reason, NOT_VISITED])
def test_every_reason_is_explained_in_a_sentence(reason: str) -> None:
    said = explain(reason)
    assert said.meaning.endswith(".")
    assert not said.meaning.startswith("Ended as")
    assert said.advice.endswith(".") or reason == Reason.OK


def test_a_reason_of_another_version_explains_itself() -> None:
    assert explain("eclipse").meaning == "Ended as eclipse."
