"""What stands deeper in one another than readers can afford stands side by side, with all that it says."""

import pytest

from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.shallow_tree import DEEPEST, parsed


def depth(markup: str) -> int:
    return max(sum(1 for _ in node.iterancestors()) for node in parsed(markup.encode()).iter())


def said(body: str) -> str:
    return str(Document(Page("", f"<html><body>{body}</body></html>".encode())).tree.text_content())


def test_a_page_that_nests_as_pages_do_keeps_its_nesting() -> None:
    assert depth("<div>" * (DEEPEST - 10) + "St. Odo") == DEEPEST - 9


def test_elements_without_end_are_no_deeper_than_allowed() -> None:
    assert depth("<div><span>x" * 5_000) == DEEPEST - 1


def test_every_word_of_a_deep_page_is_kept_in_its_order() -> None:
    deep = "".join(f"<div>{n} <b>and</b> " for n in range(1_000)) + "end " + "</div>x " * 1_000 + "last"
    expected = [word for n in range(1_000) for word in (str(n), "and")] + ["end", *["x"] * 1_000, "last"]
    assert said(deep).split() == expected


def test_what_is_deep_stands_side_by_side_with_its_attributes() -> None:
    tree = parsed(("<div>" * DEEPEST + "<p class='a'>one</p><p>two<a href='/x'>three</a></p>").encode())
    one, two = tree.iter("p")
    assert one.getparent() is two.getparent()
    assert one.get("class") == "a"
    assert next(tree.iter("a")).get("href") == "/x"
    assert next(tree.iter("a")).getparent() is one.getparent()


def test_what_follows_a_deep_part_stands_where_it_stood() -> None:
    tree = parsed(("<main id='m'>" + "<div>" * 5_000 + "x" + "</div>" * 5_000 + "<h2>St. Odo</h2></main>").encode())
    assert next(tree.iter("h2")).getparent() is tree.get_element_by_id("m")


def test_names_and_characters_that_no_tree_can_hold_are_left_out() -> None:
    odd = "<div>" * DEEPEST + '<p =x" "a" o\x01k="1\x02" id="p">a\x03b</p><a<b>c</a<b><x:y>d'
    tree = parsed(odd.encode())
    assert tree.text_content() == "abcd"
    assert tree.get_element_by_id("p").tag == "p"


@pytest.mark.parametrize("hidden", ["", "<script>var mass = 9;</script>" * 100_000])
def test_of_a_page_with_elements_without_end_the_first_are_read(hidden: str) -> None:
    tree = parsed(f"{hidden}<h1>Mass</h1>{'<p>9:00 am' * 200_000}".encode())
    assert tree.xpath("string(//h1)") == "Mass"
    assert 60_000 < sum(1 for _ in tree.iter()) < 100_000
