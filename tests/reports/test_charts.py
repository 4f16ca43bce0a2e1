"""Charts: true to their numbers, well-formed whatever the words."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from vitality_lib.reports import charts
from vitality_lib.reports.charts import Bar, Caption
from vitality_lib.reports.share import Share

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("key", "A <title> & more", 'What "it" shows')


def rects(chart: str, name: str) -> list[ET.Element]:
    return [rect for rect in ET.fromstring(chart).iter(f"{SVG}rect") if rect.get("class") == name]


def test_a_bar_is_as_long_as_its_share() -> None:
    chart = charts.bars(
        CAPTION, [Bar("half", Share(1, 2), "1"), Bar("all", Share(2, 2), "2"), Bar("?", Share(0, 0), "–")]
    )
    half, whole, nothing = (float(rect.get("width", "-1")) for rect in rects(chart, "fill"))
    assert (half * 2, nothing) == (whole, 0)


def test_the_parts_of_a_stack_fill_it_side_by_side() -> None:
    chart = charts.stack(CAPTION, [("fill", 3), ("bad", 1)])
    (good,), (bad,) = rects(chart, "fill"), rects(chart, "bad")
    assert (good.get("x"), good.get("width"), bad.get("x"), bad.get("width")) == ("0.0", "300.0", "300.0", "100.0")


def test_a_stack_of_nothing_is_empty() -> None:
    assert [rect.get("width") for rect in rects(charts.stack(CAPTION, [("fill", 0), ("bad", 0)]), "fill")] == ["0.0"]


def test_the_fullest_hour_of_the_week_is_the_darkest() -> None:
    chart = charts.week(CAPTION, 6, [[0, 5, 10], *([[0, 0, 0]] * 6)])
    assert [rect.get("fill-opacity") for rect in rects(chart, "fill")] == ["0.57", "1.00"]
    assert [text.text for text in ET.fromstring(chart).iter(f"{SVG}text") if "cell" in text.get("class", "")] == [
        "5",
        "10",
    ]


def test_large_counts_are_shortened_to_fit_their_cell() -> None:
    chart = charts.week(CAPTION, 6, [[999, 1_249, 12_600]])
    assert [text.text for text in ET.fromstring(chart).iter(f"{SVG}text") if "cell" in text.get("class", "")] == [
        "999",
        "1.2k",
        "13k",
    ]


def test_a_line_begins_at_zero_and_goes_with_time() -> None:
    days = [datetime(2031, 5, day, tzinfo=UTC) for day in (1, 2, 5)]
    chart = ET.fromstring(charts.line(CAPTION, list(zip(days, (0, 50, 100), strict=True))))
    (drawn,) = chart.iter(f"{SVG}polyline")
    assert drawn.get("points") == "8.0,118.0 104.0,70.0 392.0,22.0"


def test_one_point_is_a_dot_without_a_line() -> None:
    chart = ET.fromstring(charts.line(CAPTION, [(datetime(2031, 5, 1, tzinfo=UTC), 0)]))
    assert len(list(chart.iter(f"{SVG}circle"))) == 1
    assert not list(chart.iter(f"{SVG}polyline"))


def test_titles_and_labels_are_words_whatever_they_hold() -> None:
    chart = ET.fromstring(charts.bars(CAPTION, [Bar("<b>&\x07\u202e", Share(1, 1), "</svg>")]))
    assert [text.text for text in chart.iter(f"{SVG}text")] == ["<b>&", "</svg>"]
    assert [title.text for title in chart.iter(f"{SVG}title")] == ["A <title> & more"]
