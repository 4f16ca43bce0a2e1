"""Charts as inline SVG: no script, no request; colours come from the page's style sheet, light, dark and on paper.

Each has a title and a description for those who do not see it. Sizes are in units of about one CSS pixel on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from markupsafe import Markup

from vitality_lib.reports.share import Share
from vitality_lib.reports.shown import shown

_WIDTH = 400
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


@dataclass(frozen=True)
class Caption:
    """What a chart is, for the eye (the title) and for the ear (title and description); `key` is its id in the page."""

    key: str
    title: str
    description: str


@dataclass(frozen=True)
class Bar:
    """One bar: `share.part` of `share.whole` is filled, and `said` stands at its end."""

    label: str
    share: Share
    said: str


def bars(caption: Caption, rows: Sequence[Bar]) -> Markup:
    """Horizontal bars, each on a track as long as its whole."""
    step, left, length = 26, 132, 150
    chart = _chart(caption, step * len(rows) + 4)
    for number, row in enumerate(rows):
        top = number * step
        _text(chart, left - 8, top + 17, shown(row.label, 22), "label end")
        _rect(chart, (left, top + 5), (length, 16), "track")
        _rect(chart, (left, top + 5), (length * (row.share.ratio or 0), 16), "fill")
        _text(chart, left + length + 8, top + 17, row.said, "value")
    return _drawn(chart)


def stack(caption: Caption, parts: Sequence[tuple[str, int]]) -> Markup:
    """One bar divided among `parts`: (class of the style sheet, count)."""
    chart = _chart(caption, 18)
    whole = sum(count for _, count in parts)
    left = 0.0
    _rect(chart, (0, 1), (_WIDTH, 16), "track")
    for name, count in parts:
        width = _WIDTH * count / whole if whole else 0
        _rect(chart, (left, 1), (width, 16), name)
        left += width
    return _drawn(chart)


def week(caption: Caption, first_hour: int, cells: Sequence[Sequence[int]]) -> Markup:
    """A week as a grid, Sunday first: the more starts in an hour, the darker its cell, and the number stands in it."""
    hours = len(cells[0])
    side, left, top = (_WIDTH - 38) / hours, 38, 16
    chart = _chart(caption, int(top + 22 * len(cells)) + 2)
    most = max(1, *(max(row) for row in cells))
    for column in range(0, hours, 2):
        _text(chart, left + (column + 0.5) * side, 11, str(first_hour + column), "tick middle")
    for row, counts in enumerate(cells):
        y = top + 22 * row
        _text(chart, left - 6, y + 15, _DAYS[row], "label end")
        for column, count in enumerate(counts):
            x = left + column * side
            _rect(chart, (x, y), (side - 1, 21), "track")
            if count:
                strength = 0.15 + 0.85 * count / most
                _rect(chart, (x, y), (side - 1, 21), "fill", **{"fill-opacity": f"{strength:.2f}"})
                _text(chart, x + side / 2, y + 14.5, _short(count), "cell strong" if strength > 0.6 else "cell")
    return _drawn(chart)


def line(caption: Caption, points: Sequence[tuple[datetime, int]]) -> Markup:
    """A count over time. The axis begins at zero, so that a slope is as steep as it is."""
    left, right, top, bottom = 8, _WIDTH - 8, 22, 118
    chart = _chart(caption, 140)
    begin, end = points[0][0], points[-1][0]
    seconds = (end - begin).total_seconds()
    most = max(1, *(count for _, count in points))
    places = [
        (
            left + (right - left) * ((when - begin).total_seconds() / seconds if seconds else 1),
            bottom - (bottom - top) * count / most,
        )
        for when, count in points
    ]
    ET.SubElement(chart, "path", {"class": "axis", "d": f"M{left} {bottom}H{right}"})
    if len(places) > 1:
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        ET.SubElement(chart, "polyline", {"class": "line", "points": drawn})
    ET.SubElement(
        chart, "circle", {"class": "fill", "cx": f"{places[-1][0]:.1f}", "cy": f"{places[-1][1]:.1f}", "r": "3.5"}
    )
    _text(chart, right, max(12, places[-1][1] - 9), f"{points[-1][1]:,}", "value strong end")
    _text(chart, left, 135, f"{begin:%-d %b %Y}: {points[0][1]:,}", "tick")
    _text(chart, right, 135, f"{end:%-d %b %Y}", "tick end")
    return _drawn(chart)


def _chart(caption: Caption, height: int) -> ET.Element:
    chart = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "chart",
            "role": "img",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "aria-labelledby": f"{caption.key}-title {caption.key}-desc",
        },
    )
    ET.SubElement(chart, "title", {"id": f"{caption.key}-title"}).text = caption.title
    ET.SubElement(chart, "desc", {"id": f"{caption.key}-desc"}).text = caption.description
    return chart


def _rect(chart: ET.Element, at: tuple[float, float], size: tuple[float, float], name: str, **more: str) -> None:
    places = zip(("x", "y", "width", "height"), (*at, *size), strict=True)
    ET.SubElement(chart, "rect", {"class": name, **{key: f"{value:.1f}" for key, value in places}, **more})


def _text(chart: ET.Element, x: float, y: float, words: str, name: str) -> None:
    ET.SubElement(chart, "text", {"class": name, "x": f"{x:.1f}", "y": f"{y:.1f}"}).text = words


def _short(count: int) -> str:
    """At most four signs, so that it fits its cell: 999, 1.2k, 12k."""
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9_950 else f"{count / 1000:.0f}k"


def _drawn(chart: ET.Element) -> Markup:
    return Markup(ET.tostring(chart, encoding="unicode"))  # noqa: S704 - ElementTree has escaped what it holds
