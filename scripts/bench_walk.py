"""The work that our door and Scrapy are given alike: a parish's homepage, and the first page that it says has times.

Both read each page with the same reader; what differs is how the page comes in.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from vitality_lib.document import Document
from vitality_lib.models import Page, ScheduleReading
from vitality_lib.schedules.reader import read_services

SITES_AT_ONCE = 16  # VITALITY_CONCURRENCY's own default
FOLLOWED = 1  # links of a homepage


def read(url: str, body: bytes, content_type: str) -> ScheduleReading:
    """The services of a page."""
    page = Page(url, body, headers={"content-type": content_type}, fetched_at=datetime.now(UTC))
    return read_services(Document(page))


def following(reading: ScheduleReading) -> list[str]:
    """The links that are followed from a homepage."""
    return [request.url for request in reading.next[:FOLLOWED]]


def item(url: str, reading: ScheduleReading) -> str:
    """What is written of a page: one line of JSON."""
    services = [
        {
            "type": one.type.value,
            "days": [str(day) for day in one.recurrence.days],
            "start": one.start,
            "language": one.language,
            "quote": one.evidence[0].quote if one.evidence else "",
        }
        for one in reading.services
    ]
    return json.dumps({"url": url, "services": services}, ensure_ascii=False) + "\n"


def websites(path: Path) -> list[str]:
    """The homepages to begin with."""
    return [str(one) for one in json.loads(path.read_text("utf-8"))]
