"""Changes of schedules as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vitality_lib.harmless import is_link, lines_kept
from vitality_lib.reports.schedule_changes import ScheduleChange

_NAMESPACE = "http://www.w3.org/2005/Atom"
_AUTHOR = "Diocesan Vitality"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no place for


@dataclass(frozen=True)
class Feed:
    """Changes under one title. `scope` makes the feed's id, the same whenever it is written; `since` is its date when
    nothing changed.
    """

    scope: str
    title: str
    since: datetime
    changes: Sequence[ScheduleChange]


def atom(feed: Feed) -> bytes:
    """The feed as an XML document in UTF-8. Ids of feeds and entries never change."""
    root = Element("feed", xmlns=_NAMESPACE)
    updated = max((one.at for one in feed.changes), default=feed.since)
    _text(root, "id", _id(f"feed/{feed.scope}"))
    _text(root, "title", feed.title)
    _text(root, "updated", _time(updated))
    _text(SubElement(root, "author"), "name", _AUTHOR)
    for one in feed.changes:
        _entry(root, one)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(root: Element, one: ScheduleChange) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", _id(f"change/{one.diocese}/{one.parish_id}/{_time(one.at)}/{one.key}"))
    _text(entry, "title", f"{one.parish}: {one.words}")
    _text(entry, "updated", _time(one.at))
    if is_link(one.url):
        SubElement(entry, "link", rel="alternate", href=one.url)
    SubElement(entry, "category", term=one.kind.value)
    place = ", ".join(part for part in (one.church, one.parish, one.diocese) if part)
    _text(entry, "content", f"{place}: {one.words}")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = lines_kept(_UNFIT.sub("", text))


def _id(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"diocesan-vitality:{name}").urn


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
