"""Plain HTML tables and the WordPress plugins that make them (TablePress, wpDataTables): a parish a row.

Columns are told by their headings, in English or Spanish; a table without headings by what its cells look like.
"""

from __future__ import annotations

import re

from bs4 import Tag

from vitality_lib.directories.card import lines_of, read_card
from vitality_lib.directories.names import sift
from vitality_lib.directories.paging import next_pages
from vitality_lib.directories.records import clean_parish, link
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_COLUMNS = (
    ("website", r"web|url|sitio|p[áa]gina|link"),
    ("email", r"e-?mail|correo"),
    ("phone", r"phone|tel|tel[ée]fono"),
    ("state_zip", r"state.{0,5}zip|estado.{0,5}c[óo]digo"),
    ("zip", r"^zip|postal|c[óo]digo"),
    ("city", r"city|town|ciudad|location$|municip"),
    ("state", r"^state|^estado"),
    ("pastor", r"pastor|p[áa]rroco|priest|clergy|administrator"),
    ("address", r"address|street|direcci[óo]n|domicilio"),
    ("name", r"parish|church|name|parroquia|iglesia|nombre|mission"),
)
_MOST_ROWS = 3000


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML:
        return 0.0
    return max((0.7 if _roles(table) else 0.0 for table in document.soup.find_all("table", limit=50)), default=0.0)


def read(document: Document) -> DirectoryReading:
    entries: list[ParishEntry] = []
    for table in document.soup.find_all("table", limit=50):
        roles = _roles(table)
        if roles:
            body = [row for row in table.find_all("tr", limit=_MOST_ROWS) if row.find("td")]
            entries += [entry for entry in (_entry(row, roles, document.url) for row in body) if entry]
    parishes, left_out = sift(entries)
    return DirectoryReading("tables", Route.STATIC, parishes, next_pages(document), left_out)


def _roles(table: Tag) -> dict[int, str]:
    """Column number to field, empty when this is no table of parishes."""
    head = next((row for row in table.find_all("tr", limit=5) if row.find("th")), None) or table.find("tr")
    if not isinstance(head, Tag):
        return {}
    roles: dict[int, str] = {}
    for number, cell in enumerate(head.find_all(["th", "td"], recursive=False)):
        said = cell.get_text(" ", strip=True)
        role = next((field for field, words in _COLUMNS if re.search(words, said, re.I)), None)
        if role and role not in roles.values():
            roles[number] = role
    has_place = {"address", "city", "zip", "state_zip", "phone", "website"} & set(roles.values())
    return roles if "name" in roles.values() and has_place else {}


def _entry(row: Tag, roles: dict[int, str], base: str) -> ParishEntry | None:
    cells = row.find_all(["td", "th"], recursive=False)
    by = {role: cells[number] for number, role in roles.items() if number < len(cells)}
    if "name" not in by:
        return None
    texts = {role: cell.get_text(" ", strip=True) for role, cell in by.items()}
    lines = lines_of(by["name"])
    whole = read_card(row, base, lines[0] if lines else None)
    if whole is None:
        return None
    address = "\n".join(lines_of(by["address"])) if "address" in by else None
    has_parts = any(role in by for role in ("city", "zip", "state_zip", "state"))
    state_zip = texts.get("state_zip") or ""
    website = _link(by.get("website"), base) or whole.website
    return clean_parish(
        whole.name,
        street=address if has_parts and address and "\n" not in address and "," not in address else None,
        address=address,
        city=texts.get("city"),
        state=texts.get("state") or re.sub(r"[\d-]+", "", state_zip),
        zip_=texts.get("zip") or state_zip,
        phone=texts.get("phone") or (whole.phone if "phone" not in by else None),
        email=texts.get("email") or whole.email,
        website=website,
        pastor=texts.get("pastor"),
        latitude=whole.latitude,
        longitude=whole.longitude,
        detail_url=whole.detail_url,
        base=base,
    )


def _link(cell: Tag | None, base: str) -> str | None:
    if cell is None:
        return None
    anchor = cell.find("a", href=True)
    return link(anchor["href"] if isinstance(anchor, Tag) else cell.get_text(" ", strip=True), base)
