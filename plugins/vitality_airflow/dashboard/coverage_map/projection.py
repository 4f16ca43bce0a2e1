"""Where a place in the United States stands on the map: d3's geoAlbersUsa, as the shapes of the states were drawn.

Three conic equal-area projections (Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, section 14)
side by side: the states that touch each other, Alaska at 0.35 of their scale, and Hawaii. Constants and formulas:
d3-geo 3, src/projection/{albersUsa,albers,conicEqualArea}.js; us-atlas draws with scale 1300 and translate 487.5, 305.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

WIDTH, HEIGHT = 975, 610
_SCALE, _LEFT, _TOP = 1300.0, 487.5, 305.0


@dataclass(frozen=True)
class _Part:
    """One projection and the window of the map that it fills; offsets are in shares of the scale, angles in degrees."""

    meridian: float
    parallels: tuple[float, float]
    center: tuple[float, float]
    size: float
    offset: tuple[float, float]
    window: tuple[float, float, float, float]  # left, top, right, bottom

    def place(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """The point of the map, None outside the window."""
        east = (longitude + self.meridian + 180) % 360 - 180
        (x, y), (x0, y0) = self._raw(east, latitude), self._raw(*self.center)
        right, down = self.offset[0] + self.size * (x - x0), self.offset[1] - self.size * (y - y0)
        left, top, end, bottom = self.window
        if not (left <= right <= end and top <= down <= bottom):
            return None
        return _LEFT + _SCALE * right, _TOP + _SCALE * down

    def _raw(self, east: float, north: float) -> tuple[float, float]:
        first, second = (sin(radians(one)) for one in self.parallels)
        n = (first + second) / 2
        c = 1 + first * (2 * n - first)
        r, angle = sqrt(c - 2 * n * sin(radians(north))) / n, radians(east) * n
        return r * sin(angle), sqrt(c) / n - r * cos(angle)


_PARTS = (
    _Part(96, (29.5, 45.5), (-0.6, 38.7), 1.0, (0.0, 0.0), (-0.455, -0.238, 0.455, 0.238)),
    _Part(154, (55, 65), (-2, 58.5), 0.35, (-0.307, 0.201), (-0.425, 0.120, -0.214, 0.234)),
    _Part(157, (8, 18), (-3, 19.9), 1.0, (-0.205, 0.212), (-0.214, 0.166, -0.115, 0.234)),
)


def place(latitude: float, longitude: float) -> tuple[float, float] | None:
    """The point (x, y) of a map of 975 x 610; None for a place (degrees, WGS 84) that is on none of its three parts."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    found = (part.place(latitude, longitude) for part in _PARTS)
    return next((point for point in found if point is not None), None)
