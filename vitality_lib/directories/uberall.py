"""Uberall (hosted locator): `uberall.com/api/storefinders/{key}/locations/all` gives all; the page names the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, entry_by_keys, jsonp, rows
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.document import Document
from vitality_lib.models import ParishEntry

_KEY = re.compile(
    r"""(?:uberall\.com/api/storefinders/|data-(?:api-?)?key\s*=\s*["']?|storefinderkey["']?\s*[:=]\s*["'])"""
    r"""([A-Za-z0-9_-]{8,64})""",
    re.I,
)
_FEED = "https://uberall.com/api/storefinders/{}/locations/all"


def _locations(document: Document) -> list[dict[str, Any]]:
    return rows(at(jsonp(document), "response", "locations"), "name", "streetAndNumber")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    lines = {"address_line_1": row["streetAndNumber"], "address_line_2": row.get("addressExtra")}
    rest = {key: value for key, value in row.items() if key not in {"streetAndNumber", "addressExtra"}}
    return entry_by_keys({**rest, **lines}, base)


_SERVICE = HostedLocator("uberall", "uberall", _KEY, _FEED, _locations, _entry)
recognise, read = _SERVICE.recognise, _SERVICE.read
