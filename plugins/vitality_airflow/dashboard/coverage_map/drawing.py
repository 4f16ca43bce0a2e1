"""What the map shows: each state by the share of its parishes with services, a circle for each diocese."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import Any

from vitality_airflow.dashboard.coverage_map.projection import place
from vitality_lib.store.dashboard.coverage import DioceseCoverage, StateCoverage

_SHAPES = Path(__file__).parent / "state_shapes.json"
_CLASSES = 5
_ROOM_FOR_LETTERS = 1700  # square units: a state below it has its letters at the side
_SIDE_LEFT, _SIDE_TOP, _SIDE_STEP = 925, 236, 25
_LARGEST = 17.0  # radius of the largest circle
_TERRITORIES = {
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}


@dataclass(frozen=True)
class Shade:
    """How far something is covered: `number` 1 (to 20 %) to 5 (over 80 %), 0 where no parish is known."""

    number: int
    share: str

    @classmethod
    def of(cls, part: int, whole: int) -> Shade:
        if not whole:
            return cls(0, "nothing known")
        number = min(_CLASSES, 1 + part * _CLASSES // whole) if part < whole else _CLASSES
        rounded = 100 * part // whole
        return cls(number, f"{rounded} %" if rounded or not part else "under 1 %")


@dataclass(frozen=True)
class Region:
    """A state or territory: `path` is its shape, empty off the map; `letters` is where its code stands."""

    code: str
    name: str
    coverage: StateCoverage
    shade: Shade
    path: str = ""
    letters: tuple[float, float] = (0, 0)
    at_the_side: bool = False

    @property
    def label(self) -> str:
        """For those who do not see it; it begins with what stands on the map (WCAG 2.5.3)."""
        if not self.coverage.parishes:
            return f"{self.code}: {self.name}, nothing known"
        counts = f"{self.coverage.with_services:,} of {self.coverage.parishes:,}"
        return f"{self.code} {self.shade.share}: {self.name}, {counts} parishes with services"

    @property
    def beside(self) -> str:
        """The same for those beside the map."""
        of = f" of {self.coverage.parishes:,} parishes with services" if self.coverage.parishes else ""
        return f"{self.name}: {self.shade.share}{of}"


@dataclass(frozen=True)
class Circle:
    """A diocese on the map, `radius` by the number of its parishes."""

    diocese: DioceseCoverage
    x: float
    y: float
    radius: float
    shade: Shade

    @property
    def said(self) -> str:
        """For those who do not see it."""
        return f"{self.diocese.parishes:,} parishes, {self.shade.share} of them with services"


@dataclass(frozen=True)
class CoverageMap:
    """The map: `others` are territories, and codes that no state has; the largest circles come first."""

    states: tuple[Region, ...]
    others: tuple[Region, ...]
    circles: tuple[Circle, ...]

    @property
    def regions(self) -> tuple[Region, ...]:
        """All of them by name, for the table."""
        return tuple(sorted((*self.states, *self.others), key=lambda one: one.name))


class Drawing:
    """Makes maps; the shapes are read when the first one is drawn."""

    @cached_property
    def _shapes(self) -> Mapping[str, Mapping[str, Any]]:
        shapes: Mapping[str, Mapping[str, Any]] = json.loads(_SHAPES.read_text())["states"]
        return shapes

    def of(self, states: Sequence[StateCoverage], dioceses: Sequence[DioceseCoverage]) -> CoverageMap:
        """The map of what is known of each state and diocese."""
        known = {one.state: one for one in states}
        small = [code for code, shape in self._shapes.items() if shape["size"] < _ROOM_FOR_LETTERS]
        small.sort(key=lambda code: (self._shapes[code]["middle"][1], code))
        drawn = tuple(self._state(code, known, small) for code in self._shapes)
        others = sorted({*_TERRITORIES, *known} - set(self._shapes))
        return CoverageMap(
            drawn, tuple(_region(code, _TERRITORIES.get(code, code), known) for code in others), _circles(dioceses)
        )

    def _state(self, code: str, known: Mapping[str, StateCoverage], small: Sequence[str]) -> Region:
        shape = self._shapes[code]
        letters, at_the_side = tuple(shape["middle"]), code in small
        if at_the_side:
            letters = (_SIDE_LEFT, _SIDE_TOP + _SIDE_STEP * small.index(code))
        return _region(code, shape["name"], known, path=shape["path"], letters=letters, at_the_side=at_the_side)


def _region(code: str, name: str, known: Mapping[str, StateCoverage], **drawn: Any) -> Region:
    its = known.get(code, StateCoverage(code, 0, 0, 0, 0))
    return Region(code, name, its, Shade.of(its.with_services, its.parishes), **drawn)


def _circles(dioceses: Sequence[DioceseCoverage]) -> tuple[Circle, ...]:
    most = max((one.parishes for one in dioceses), default=0)
    found = []
    for one in dioceses:
        at = None if one.latitude is None or one.longitude is None else place(one.latitude, one.longitude)
        if at and one.parishes:
            radius = max(3.0, _LARGEST * sqrt(one.parishes / most))
            found.append(Circle(one, *at, radius, Shade.of(one.with_services, one.parishes)))
    return tuple(sorted(found, key=lambda circle: -circle.radius))
