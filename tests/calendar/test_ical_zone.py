"""A VTIMEZONE of ours shows the clocks that the zone itself shows, for years to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from random_services import ZONES

from vitality_lib.calendar.ical_zone import zone_component


@pytest.mark.parametrize("name", ZONES)
def test_offsets_are_those_of_the_zone_from_2027_to_2037(name: str, tmp_path) -> None:
    file = tmp_path / "zone.ics"
    file.write_bytes(b"BEGIN:VCALENDAR\r\n" + zone_component(name, 2026).to_ical() + b"END:VCALENDAR\r\n")
    ours, zone = tzical(str(file)).get(name), ZoneInfo(name)
    at = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    while at.year < 2038:
        wall = at.astimezone(zone).replace(tzinfo=None)
        assert wall.replace(tzinfo=ours).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall
        # Every hour where clocks change, else every third day.
        at += timedelta(hours=1 if (at.month, at.day <= 15) in {(3, True), (11, True)} else 72)
