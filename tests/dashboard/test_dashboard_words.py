"""Values as people read them, and other people's words that do no harm."""

from datetime import UTC, datetime, timedelta

import airflow_home  # noqa: F401 - before anything imports Airflow
import pytest
from vitality_airflow.dashboard import words
from vitality_airflow.dashboard.addresses import Addresses

AT = datetime(2026, 11, 28, 2, 10, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (0, "0 s"),
        (59.6, "1 min"),
        (190, "3 min 10 s"),
        (7200, "2 h"),
        (timedelta(days=2, hours=3, minutes=9), "2 d 3 h"),
    ],
)
def test_a_span_is_its_two_largest_parts(span: float | timedelta, text: str) -> None:
    assert words.lasting(span) == text


def test_a_time_is_told_exactly_and_by_its_age() -> None:
    assert words.moment(AT) == '<time datetime="2026-11-28T02:10:11Z">28 November 2026, 02:10:11 UTC</time>'
    assert ">2 min ago</time>" in words.ago(AT - timedelta(minutes=2), AT)
    assert ">in 5 s</time>" in words.ago(AT + timedelta(seconds=5), AT)
    assert words.ago(None, AT, "nothing <waits>") == "nothing &lt;waits&gt;"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "–"), (0, 9, "0 %"), (9, 9, "100 %"), (1, 10**5, "0.1 %"), (99_999, 10**5, "99.9 %")],
)
def test_all_and_none_are_said_only_when_exact(part: int, whole: int, text: str) -> None:
    assert words.percent(part, whole) == text


@pytest.mark.parametrize(("size", "text"), [(None, "–"), (12, "12 B"), (2**29, "512 MiB"), (3 * 2**29, "1.5 GiB")])
def test_memory_is_told_in_powers_of_two(size: int | None, text: str) -> None:
    assert words.size(size) == text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<b>&", "<bdi>&lt;b&gt;&amp;</bdi>"),
        ("a\u202eb\x1b[2J\nc", "<bdi>a b [2J c</bdi>"),
        ("x" * 10_000, f"<bdi>{'x' * 119}…</bdi>"),
        ("", "–"),
        (None, "–"),
    ],
)
def test_words_are_escaped_cut_and_kept_to_themselves(given: str | None, shown: str) -> None:
    assert words.said(given) == shown


def test_a_foreign_address_is_a_link_only_where_it_can_be_followed() -> None:
    url = "https://parish.example/?a=1&b=2"
    assert 'href="https://parish.example/?a=1&amp;b=2"' in Addresses(framed=False)(url)
    framed = Addresses(framed=True)(url)
    assert "href" not in framed
    assert 'data-copy="https://parish.example/?a=1&amp;b=2"' in framed


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", 'https://x.example/"onload="', "//x.example"]
)
@pytest.mark.parametrize("framed", [True, False])
def test_what_is_no_address_stays_words(url: str, framed: bool) -> None:
    shown = Addresses(framed=framed)(url)
    assert "href" not in shown
    assert "data-copy" not in shown
    assert shown.startswith("<bdi>")
