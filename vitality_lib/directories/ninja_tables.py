"""Ninja Tables (WordPress plugin, 3 to 5): an empty table in the page, its rows by `admin-ajax.php` as JSON.

The page mostly names the address of the rows (`data_request_url`); a row is an object by column, in its `value`. Tables
whose rows stand in the page are read as any other (`tables`).
"""

from __future__ import annotations

import html
import re
from typing import Any

from vitality_lib.directories.data.feed import admin_ajax, rows
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces.table_rows import entries_of
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_NAMED = re.compile(r'"data_request_url"\s*:\s*"([^"]{20,500})"')
_TABLE = re.compile(r"""\b(?:data-footable_id=["']|id=["']footable_|footable_parent_)(\d{1,8})""")
_QUERY = (
    "action=wp_ajax_ninja_tables_public_action&table_id={}&target_action=get-all-data&default_sorting=old_first"
    "&skip_rows=0&limit_rows=0"
)
_WORDS = re.compile(  # keys are headings without their spaces: `parishname`, `citystatezip`
    r"(parish|church|name|city|town|state|zip|street|address|phone|website|email|pastor|mailing|deanery|vicariate|fax)"
)
_MOST_TABLES = 5


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.9 if _entries(document) else 0.0
    marked = document.kind is Kind.HTML and ("ninja_table" in document.text or "ninja-tables" in document.text)
    return 0.9 if marked and _requests(document) and not _has_rows(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        return DirectoryReading("ninja_tables", Route.FEED, next=_requests(document))
    found = listing(_entries(document))
    return DirectoryReading("ninja_tables", Route.FEED, found.parishes, left_out=found.left_out)


def _requests(document: Document) -> tuple[Request, ...]:
    """The rows of the page's tables, all of them (`limit_rows=0`)."""
    said = (html.unescape(match[1]).replace("\\/", "/") for match in _NAMED.finditer(document.text))
    named = [re.sub(r"\blimit_rows=\d+", "limit_rows=0", address) for address in said]
    tables = dict.fromkeys(_TABLE.findall(document.text))
    known = {number for address in named for number in re.findall(r"\btable_id=(\d+)", address)}
    built = [admin_ajax(document, _QUERY.format(number)) for number in tables if number not in known]
    asks = [address for link in [*named, *built] if link and (address := absolute(link, document.url))]
    return tuple(Request(address, Purpose.FEED) for address in list(dict.fromkeys(asks))[:_MOST_TABLES])


def _has_rows(document: Document) -> bool:
    return bool(document.tree.xpath("//table[contains(@class, 'foo') or contains(@class, 'ninja')]//tbody//td"))


def _entries(document: Document) -> list[ParishEntry]:
    data: list[dict[str, Any]] = [
        row["value"] for row in rows(document.json, "value") if isinstance(row["value"], dict)
    ]
    keys = list(dict.fromkeys(key for row in data[:50] for key in row))
    cells = [
        [str(row.get(key) or "") if not isinstance(row.get(key), dict | list) else "" for key in keys] for row in data
    ]
    return entries_of([_WORDS.sub(r" \1 ", key) for key in keys], cells, document.url)
