"""A place stands on the map where the shapes of the states say that it does."""

from __future__ import annotations

import json
import re
import sys
from itertools import accumulate
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent.parent
sys.path.append(str(_ROOT / "plugins"))

from vitality_airflow.dashboard.coverage_map.projection import HEIGHT, WIDTH, place  # noqa: E402

_SHAPES = _ROOT / "plugins/vitality_airflow/dashboard/coverage_map/state_shapes.json"
# Seats of government, inland enough for shapes that are drawn to half a unit (some three miles).
CAPITALS = {
    "AL": (32.38, -86.30), "AR": (34.75, -92.29), "AZ": (33.45, -112.10), "CA": (38.58, -121.49),
    "CO": (39.74, -104.98), "CT": (41.76, -72.68), "DC": (38.91, -77.01), "DE": (39.16, -75.52), "FL": (30.44, -84.28),
    "GA": (33.75, -84.39), "HI": (21.42, -157.95), "IA": (41.59, -93.60), "ID": (43.62, -116.20), "IL": (39.80, -89.65),
    "IN": (39.77, -86.16), "KS": (39.05, -95.68), "KY": (38.19, -84.88), "LA": (30.46, -91.19), "MA": (42.37, -71.15),
    "MD": (39.00, -76.75), "ME": (44.31, -69.78), "MI": (42.73, -84.56), "MN": (44.96, -93.09), "MO": (38.58, -92.17),
    "MS": (32.30, -90.18), "MT": (46.59, -112.02), "NC": (35.78, -78.64), "ND": (46.81, -100.78), "NE": (40.81, -96.70),
    "NH": (43.21, -71.54), "NJ": (40.30, -74.70), "NM": (35.69, -105.94), "NV": (39.30, -119.60), "NY": (42.65, -73.80),
    "OH": (39.96, -83.00), "OK": (35.49, -97.50), "OR": (44.94, -123.03), "PA": (40.27, -76.88), "RI": (41.82, -71.50),
    "SC": (34.00, -81.03), "SD": (44.37, -100.35), "TN": (36.17, -86.78), "TX": (30.27, -97.74), "UT": (40.78, -111.89),
    "VA": (37.54, -77.44), "VT": (44.26, -72.58), "WA": (47.04, -122.60), "WI": (43.07, -89.38), "WV": (38.34, -81.61),
    "WY": (41.14, -104.82), "AK": (61.60, -149.10),
}  # fmt: skip


def shapes() -> dict[str, dict[str, object]]:
    states: dict[str, dict[str, object]] = json.loads(_SHAPES.read_text())["states"]
    return states


def rings(path: str) -> list[list[tuple[float, float]]]:
    found = []
    for ring in re.findall(r"M([^z]*)z", path):
        steps = [tuple(map(float, pair.split(","))) for pair in re.split(r"[ l]", ring)]
        found.append(list(accumulate(steps, lambda one, step: (one[0] + step[0], one[1] + step[1]))))
    return found


def inside(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    (x, y), odd = point, False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


@pytest.mark.parametrize("state", sorted(CAPITALS))
def test_a_capital_stands_in_its_own_state_and_in_no_other(state: str) -> None:
    point = place(*CAPITALS[state])
    assert point is not None
    holding = {code for code, one in shapes().items() if any(inside(point, ring) for ring in rings(str(one["path"])))}
    assert holding == {state}


# Where borders meet, in degrees and on the drawing: states-10m.json and states-albers-10m.json of us-atlas 3.0.1.
JUNCTIONS = {
    "AZ CO NM UT": ((36.998764, -109.044839), (264.640349, 327.963732)),
    "GA TN NC": ((34.988564, -84.321782), (712.718566, 376.840674)),
    "MN ND SD": ((45.935562, -96.564864), (489.121069, 139.881886)),
    "MA NH VT": ((42.726974, -72.459165), (884.063790, 164.848661)),
    "ID NV OR": ((42.000209, -117.027429), (148.867098, 190.729577)),
}


@pytest.mark.parametrize("where", sorted(JUNCTIONS))
def test_borders_meet_where_the_drawing_has_them_meet(where: str) -> None:
    degrees, drawn = JUNCTIONS[where]
    assert place(*degrees) == pytest.approx(drawn, abs=0.05)  # both files count in steps of some 0.01 units


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(18.4, -66.1), (13.4, 144.8), (-14.3, -170.7), (48.8, 2.3), (0, 0), (1e9, 5), (float("nan"), 1), (90, 180)],
    ids=["Puerto Rico", "Guam", "Samoa", "Paris", "nowhere", "no latitude", "no number", "the pole"],
)
def test_what_lies_elsewhere_is_on_no_part_of_the_map(latitude: float, longitude: float) -> None:
    assert place(latitude, longitude) is None


def test_the_shapes_are_small_and_whole_and_only_the_aleutians_lie_left_of_the_map() -> None:
    assert _SHAPES.stat().st_size <= 60_000
    known = shapes()
    assert len(known) == 51
    for code, one in known.items():
        for ring in rings(str(one["path"])):
            assert len(ring) >= 3, code
            assert all(-58 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in ring), code


def test_the_licence_stays_with_the_shapes() -> None:
    assert "Copyright 2013-2019 Michael Bostock" in json.loads(_SHAPES.read_text())["licence"]
