"""Where each state lies: the box around it, for telling coordinates that cannot be right.

Degrees (WGS 84), rounded outwards from the U.S. Census Bureau's cartographic boundary file of 2020 (1:500,000). Alaska
reaches over the 180th meridian; its box takes the eastern hemisphere's islands in.
"""

from __future__ import annotations

from dataclasses import replace

from vitality_lib.models import ParishEntry

_MARGIN = 0.3  # degrees: a church across the river, a pin put down by hand
_BOXES = {
    "AL": (30.1, -88.5, 35.1, -84.8), "AK": (51.1, -180.0, 71.5, -129.9), "AZ": (31.3, -114.9, 37.1, -109.0),
    "AR": (33.0, -94.7, 36.6, -89.6), "CA": (32.5, -124.5, 42.1, -114.1), "CO": (36.9, -109.1, 41.1, -102.0),
    "CT": (40.9, -73.8, 42.1, -71.7), "DE": (38.4, -75.8, 39.9, -74.9), "DC": (38.7, -77.2, 39.0, -76.9),
    "FL": (24.3, -87.7, 31.1, -79.9), "GA": (30.3, -85.7, 35.1, -80.7), "HI": (18.8, -178.4, 28.5, -154.7),
    "ID": (41.9, -117.3, 49.1, -111.0), "IL": (36.9, -91.6, 42.6, -87.0), "IN": (37.7, -88.1, 41.8, -84.7),
    "IA": (40.3, -96.7, 43.6, -90.1), "KS": (36.9, -102.1, 40.1, -94.5), "KY": (36.4, -89.6, 39.2, -81.9),
    "LA": (28.8, -94.1, 33.1, -88.7), "ME": (42.9, -71.1, 47.5, -66.8), "MD": (37.8, -79.5, 39.8, -74.9),
    "MA": (41.1, -73.6, 42.9, -69.8), "MI": (41.6, -90.5, 48.4, -82.1), "MN": (43.4, -97.3, 49.5, -89.4),
    "MS": (30.1, -91.7, 35.1, -88.0), "MO": (35.9, -95.8, 40.7, -89.0), "MT": (44.3, -116.1, 49.1, -104.0),
    "NE": (39.9, -104.1, 43.1, -95.3), "NV": (34.9, -120.1, 42.1, -114.0), "NH": (42.6, -72.6, 45.4, -70.5),
    "NJ": (38.8, -75.6, 41.4, -73.8), "NM": (31.3, -109.1, 37.1, -102.9), "NY": (40.4, -79.8, 45.1, -71.8),
    "NC": (33.7, -84.4, 36.6, -75.4), "ND": (45.9, -104.1, 49.1, -96.5), "OH": (38.3, -84.9, 42.4, -80.5),
    "OK": (33.6, -103.1, 37.1, -94.4), "OR": (41.9, -124.7, 46.4, -116.4), "PA": (39.7, -80.6, 42.6, -74.6),
    "RI": (41.1, -71.9, 42.1, -71.1), "SC": (32.0, -83.4, 35.3, -78.5), "SD": (42.4, -104.1, 46.0, -96.4),
    "TN": (34.9, -90.4, 36.7, -81.6), "TX": (25.8, -106.7, 36.6, -93.5), "UT": (36.9, -114.1, 42.1, -109.0),
    "VT": (42.7, -73.5, 45.1, -71.4), "VA": (36.5, -83.7, 39.5, -75.2), "WA": (45.5, -124.9, 49.1, -116.9),
    "WV": (37.1, -82.7, 40.7, -77.7), "WI": (42.4, -93.0, 47.2, -86.2), "WY": (40.9, -111.1, 45.1, -104.0),
    "PR": (17.8, -68.0, 18.6, -65.2), "VI": (17.6, -65.1, 18.5, -64.5), "GU": (13.2, 144.5, 13.8, 145.1),
    "AS": (-14.6, -171.2, -11.0, -168.1), "MP": (14.0, 144.8, 20.6, 146.2),
}  # fmt: skip


def without_wrong_pin(entry: ParishEntry, state: str | None) -> ParishEntry:
    """A parish without its coordinates, where they lie outside its state: unknown is better than wrong."""
    return replace(entry, latitude=None, longitude=None) if is_outside(entry, state) else entry


def is_outside(entry: ParishEntry, state: str | None) -> bool:
    """Whether a parish's coordinates lie outside its own state, or outside `state` where its own is not known."""
    box = _BOXES.get(entry.state or state or "")
    if box is None or entry.latitude is None or entry.longitude is None:
        return False
    south, west, north, east = box
    crosses = entry.longitude > 170 and (entry.state or state) == "AK"
    return not (
        south - _MARGIN <= entry.latitude <= north + _MARGIN
        and (crosses or west - _MARGIN <= entry.longitude <= east + _MARGIN)
    )
