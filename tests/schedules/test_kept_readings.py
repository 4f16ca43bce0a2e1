"""What is kept of short texts, and copies of records: the same as what is made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vitality_lib.hyperlinks import absolute
from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.context import Context
from vitality_lib.schedules.grammar import read_stretch
from vitality_lib.schedules.kept import kept


def test_a_short_text_is_asked_about_once_and_a_long_one_each_time() -> None:
    asked: list[str] = []

    @kept
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("Mass"), length("Mass"), length("x" * 500), length("x" * 500)] == [4, 4, 500, 500]
    assert len(asked) == 3


def test_an_altered_record_is_a_replaced_one_and_leaves_the_first_as_it_was() -> None:
    context = Context(church="Holy Lamp")
    assert altered(context, vigil=True) == replace(context, vigil=True)
    assert context == Context(church="Holy Lamp")


def test_a_stretch_that_comes_back_has_its_services_where_it_stands_now() -> None:
    text = "Sunday Mass 8:00 am"
    first, second = (read_stretch(text, offset, Context()).drafts for offset in (0, 40))
    assert [(low + 40, high + 40) for low, high in (draft.at for draft in first)] == [draft.at for draft in second]
    assert [replace(draft, at=(0, 0)) for draft in first] == [replace(draft, at=(0, 0)) for draft in second]


@pytest.mark.parametrize("path", ["/", "/mass-times", "/a/b.html", "/a/b/"])
@pytest.mark.parametrize("base", ["http://WWW.Parish.example:8080/x/y?z=1#top", "https://parish.example"])
def test_a_plain_path_is_joined_as_any_other_link(path: str, base: str) -> None:
    assert absolute(path, base) == absolute(f" {path}", base)
