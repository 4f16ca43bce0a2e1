"""A count over time, small enough to stand in a row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from markupsafe import Markup

from vitality_lib.store.dashboard.dioceses import Point

_WIDTH, _HEIGHT, _EDGE = 96, 24, 3


def sparkline(points: Sequence[Point]) -> Markup:
    """The line, with its numbers in words for those who do not see it; a dash for none, a number for one reading.

    It begins at zero: a tenth of the parishes lost is a tenth of its height.
    """
    if len(points) < 2:
        return Markup("{:,}").format(points[0].parishes) if points else Markup("–")
    said = f"{points[0].parishes:,} to {points[-1].parishes:,} parishes in {len(points)} readings"
    chart = ET.Element(
        "svg", {"class": "trend", "role": "img", "viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "aria-label": said}
    )
    ET.SubElement(chart, "title").text = f"{said}: {', '.join(f'{point.parishes:,}' for point in points)}"
    ET.SubElement(chart, "path", {"class": "axis", "d": f"M0 {_HEIGHT - 1}H{_WIDTH}"})
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in _places(points))
    ET.SubElement(chart, "polyline", {"class": "line", "points": drawn})
    return Markup(ET.tostring(chart, encoding="unicode"))  # noqa: S704 - ElementTree has escaped what it holds


def _places(points: Sequence[Point]) -> list[tuple[float, float]]:
    begin, span = points[0].at, (points[-1].at - points[0].at).total_seconds()
    most = max(1, *(point.parishes for point in points))
    return [
        (
            _EDGE + (_WIDTH - 2 * _EDGE) * ((point.at - begin).total_seconds() / span if span else 1),
            _HEIGHT - 1 - (_HEIGHT - 1 - _EDGE) * point.parishes / most,
        )
        for point in points
    ]
