"""wpDataTables (WordPress plugin, 2 to 6) that reads its rows from the server: the page has a head and a few rows.

All rows come by the form that its script posts: `admin-ajax.php?action=get_wdtable&table_id=N` with the page's nonce,
an array of cells (HTML) each. A table whose rows all stand in the page is read as any other (`tables`).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from vitality_lib.directories import tables
from vitality_lib.directories.data.feed import admin_ajax, at, rows
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces.table_rows import entries_of
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_NONCE = re.compile(
    r"""<input\b[^<>]{0,300}\b(?:id|name)=["']wdtNonceFrontendServerSide_(\d{1,6})["'][^<>]{0,300}>""", re.I
)
_VALUE = re.compile(r"""\bvalue=["'](\w{4,40})["']""")
_SERVER_SIDE = re.compile(r"""serverSide(?:"|&quot;)\s*:\s*true""")
_NUMBER = re.compile(r"""(?:tableWpId(?:"|&quot;)\s*:\s*["']?|data-wpdatatable_id=["'])(\d{1,6})""")
_MOST_TABLES, _MOST_ROWS = 5, 20_000


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.9 if _entries(document) else 0.0
    return 0.9 if document.kind is Kind.HTML and "wpdatatable" in document.folded and _forms(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        shown = tables.read(document)
        asks = (
            (admin_ajax(document, f"action=get_wdtable&table_id={n}"), form) for n, form in _forms(document).items()
        )
        feeds = tuple(Request(address, Purpose.FEED, form) for address, form in asks if address)
        return DirectoryReading("wpdatatables", Route.FEED, shown.parishes, feeds, shown.left_out)
    found = listing(_entries(document))
    given, said = len(_cells(document.json)), str(at(document.json, "recordsFiltered"))
    less = f"the table gives {given} of {said} rows" if said.isdecimal() and int(said) > given else ""
    return DirectoryReading("wpdatatables", Route.FEED, found.parishes, left_out=found.left_out, incomplete=less)


def _forms(document: Document) -> dict[str, str]:
    """By the table's number, the form that asks for all its rows."""
    nonces = {one[1]: value[1] for one in _NONCE.finditer(document.text) if (value := _VALUE.search(one[0]))}
    numbers = _NUMBER.findall(document.text) if _SERVER_SIDE.search(document.text) else []
    form = {"draw": 1, "start": 0, "length": -1}
    return {
        number: urlencode(form | ({"wdtNonce": nonces[number]} if number in nonces else {}))
        for number in list(dict.fromkeys([*nonces, *numbers]))[:_MOST_TABLES]
    }


def _cells(data: Any) -> list[list[str]]:
    """The rows of an answer: arrays of cells, or objects by column."""
    table = at(data, "data")
    if not isinstance(table, list) or not {"recordsTotal", "draw"} & data.keys():
        return []
    arrays = [row for row in table[:_MOST_ROWS] if isinstance(row, list)] or [list(row.values()) for row in rows(table)]
    return [[str(cell) if isinstance(cell, str | int | float) else "" for cell in row] for row in arrays]


def _entries(document: Document) -> list[ParishEntry]:
    named = rows(at(document.json, "data"))
    return entries_of(list(named[0]) if named else [], _cells(document.json), document.url)
