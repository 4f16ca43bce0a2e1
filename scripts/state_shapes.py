"""Make the shapes of the states for the dashboard's map: `python scripts/state_shapes.py states-albers-10m.json`.

The file is that of the npm package us-atlas 3.0.1 (Census Bureau's cartographic boundaries, ISC licence): TopoJSON,
projected by d3's geoAlbersUsa to a picture of 975 x 610. An arc that two states share is simplified once, so that they
still meet. Format: https://github.com/topojson/topojson-specification, sections 2.1.3 to 2.1.4.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeAlias

OUTPUT = Path(__file__).parent.parent / "plugins/vitality_airflow/dashboard/coverage_map/state_shapes.json"
LICENCE = (
    "Shapes: us-atlas 3.0.1 (made from the Census Bureau's cartographic boundary files), simplified. "
    "Copyright 2013-2019 Michael Bostock. Permission to use, copy, modify, and/or distribute this software for any "
    "purpose with or without fee is hereby granted, provided that the above copyright notice and this permission "
    'notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH '
    "REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE "
    "AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING "
    "FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, "
    "ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE."
)
TOLERANCE = 0.45  # of the picture's units: less than a pixel on most screens
SMALLEST = 3.0  # square units: islands below it are left out, unless a state has nothing larger
CODES = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC",
    "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY",
    "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT",
    "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
    "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT",
    "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY",
}  # fmt: skip

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]


def main(source: Path) -> None:
    """Write the shapes."""
    topology = json.loads(source.read_text())
    arcs = [simplified(arc) for arc in decoded(topology)]
    states = {
        CODES[one["id"]]: shape(one["properties"]["name"], rings(one, arcs))
        for one in topology["objects"]["states"]["geometries"]
    }
    made = {"licence": LICENCE, "width": 975, "height": 610, "states": dict(sorted(states.items()))}
    OUTPUT.write_text(json.dumps(made, separators=(",", ":")) + "\n")
    print(f"{OUTPUT.name}: {len(states)} states, {OUTPUT.stat().st_size:,} bytes")


def decoded(topology: dict[str, Any]) -> Iterator[Ring]:
    """The arcs as points of the picture: they are kept as whole numbers, each the difference to the one before."""
    (wide, high), (left, top) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        places = accumulate(arc, lambda one, step: [one[0] + step[0], one[1] + step[1]])
        yield [(x * wide + left, y * high + top) for x, y in places]


def simplified(arc: Ring) -> Ring:
    """Fewer points, none further than TOLERANCE from where the line was (Douglas and Peucker, 1973).

    A closed arc is cut where it is furthest from its beginning, so that something of it is left.
    """
    if arc[0] == arc[-1]:
        furthest = max(range(len(arc)), key=lambda n: _apart(arc[n], arc[0]))
        return [*_thinned(arc[: furthest + 1]), *_thinned(arc[furthest:])[1:]]
    return _thinned(arc)


def _thinned(line: Ring) -> Ring:
    if len(line) < 3:
        return line
    middle = max(range(1, len(line) - 1), key=lambda n: _off(line[n], line[0], line[-1]))
    if _off(line[middle], line[0], line[-1]) <= TOLERANCE:
        return [line[0], line[-1]]
    return [*_thinned(line[: middle + 1])[:-1], *_thinned(line[middle:])]


def _off(point: Point, one: Point, other: Point) -> float:
    length = _apart(one, other)
    if not length:
        return _apart(point, one)
    cross = (other[0] - one[0]) * (one[1] - point[1]) - (one[0] - point[0]) * (other[1] - one[1])
    return abs(cross) / length


def _apart(one: Point, other: Point) -> float:
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def rings(geometry: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    """The rings of a state, the largest first; an arc's number that is negative (~n) means: the other way round."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    joined = (
        [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]]
        for polygon in polygons
        for ring in polygon
    )
    found = sorted(joined, key=area, reverse=True)
    return found[:1] + [ring for ring in found[1:] if area(ring) >= SMALLEST]


def area(ring: Ring) -> float:
    return abs(_doubled(ring)) / 2


def _doubled(ring: Ring) -> float:
    return sum(x * y2 - x2 * y for (x, y), (x2, y2) in _sides(ring))


def _sides(ring: Ring) -> Iterable[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def shape(name: str, its: list[Ring]) -> dict[str, Any]:
    """A state: its name, the `d` of an SVG path, where its letters stand, and its size in square units."""
    doubled = _doubled(its[0])
    x = sum((x + x2) * (x * y2 - x2 * y) for (x, y), (x2, y2) in _sides(its[0])) / (3 * doubled)
    y = sum((y + y2) * (x * y2 - x2 * y) for (x, y), (x2, y2) in _sides(its[0])) / (3 * doubled)
    middle = [round(x), round(y)]
    return {"name": name, "path": "".join(map(drawn, its)), "middle": middle, "size": round(area(its[0]))}


def drawn(ring: Ring) -> str:
    """A ring in steps of a tenth of a unit, relative to the point before."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    kept = [here for before, here in zip([None, *tenths], tenths, strict=False) if here != before]
    steps = (_pair(x2 - x, y2 - y) for (x, y), (x2, y2) in pairwise(kept))
    return f"M{_pair(*kept[0])}l{' '.join(steps)}z"


def _pair(x: int, y: int) -> str:
    return f"{x / 10:g},{y / 10:g}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/state_shapes.py states-albers-10m.json (of the npm package us-atlas 3.0.1)")
    main(Path(sys.argv[1]))
