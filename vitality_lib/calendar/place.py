"""Where a church stands, as far as its calendar asks: the zone its clocks go by, and the diocese whose law it keeps."""

from __future__ import annotations

from dataclasses import dataclass

import tzfpy

from vitality_lib.calendar.zones import zone_of_address


@dataclass(frozen=True)
class Place:
    """`zone` is an IANA name (`America/Chicago`), `diocese` the diocese's full name; None when it is not known."""

    zone: str
    diocese: str | None = None


def place_of(
    diocese: str | None,
    state: str | None,
    zip_code: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Place | None:
    """The place of a church: its zone by its coordinates (degrees, WGS 84), else by its address.

    `state` is the two-letter code. Coordinates of 0, 0 are unknown ones. None when nothing tells the zone.
    """
    zone = _zone_at(latitude, longitude) or zone_of_address(state, zip_code, diocese)
    return Place(zone, diocese) if zone else None


def _zone_at(latitude: float | None, longitude: float | None) -> str | None:
    """Zones at sea (`Etc/GMT+5`) are no zones of a church: such coordinates are wrong."""
    if not latitude or not longitude:
        return None
    zone = tzfpy.get_tz(longitude, latitude)
    return zone if zone and not zone.startswith("Etc/") else None
