"""Hosted locators: the page names a key, and one feed, at an address with that key in it, gives all locations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vitality_lib.directories.data.feed import feed_reading, named_feeds
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry


def _never(_document: Document) -> str:
    return ""


@dataclass(frozen=True)
class HostedLocator:
    """How a service is recognised and read; its module gives these two functions as its own.

    `key` finds the key in a page (group 1) that also says `sign`, in whatever case; `feed` is the address with `{}` for
    the key; `rows` are the locations of a feed, none of another document; `entry` is the record of one, given the
    page's address; `incomplete` says why a feed is known to lack some, or nothing; `sure` is how sure the shape of its
    rows is, 0 to 1.
    """

    platform: str
    sign: str
    key: re.Pattern[str]
    feed: str
    rows: Callable[[Document], list[dict[str, Any]]]
    entry: Callable[[Mapping[str, Any], str], ParishEntry | None]
    incomplete: Callable[[Document], str] = _never
    sure: float = 1.0

    def recognise(self, document: Document) -> float:
        if self.rows(document):
            return self.sure
        is_page = document.kind is Kind.HTML and self.sign in document.folded
        return 0.9 if is_page and self.key.search(document.text) else 0.0

    def read(self, document: Document) -> DirectoryReading:
        found = self.rows(document)
        if not found:
            return named_feeds(self.platform, document, self.key, self.feed)
        why = self.incomplete(document)
        return feed_reading(self.platform, found, lambda row: self.entry(row, document.url), incomplete=why)
