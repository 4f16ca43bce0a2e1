"""What can be asked of an export: its formats, and the end of a day of the past. Light: no format's writer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum


class Format(StrEnum):
    """What `vitality export` can write."""

    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    PARQUET = "parquet"
    ICS = "ics"
    JSON_LD = "jsonld"
    OSM = "osm"
    OCCURRENCES = "occurrences"

    @property
    def in_folder(self) -> bool:
        """Whether it is several files, and so never goes to standard output."""
        return self in (Format.CSV, Format.PARQUET, Format.ICS)


def end_of_day(day: date) -> datetime:
    """The last moment of a day, UTC: what was published then is that day's data."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) - datetime.resolution
