"""One parish in one piece of HTML: a card, a row, a list item, an accordion's panel, a map's info window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from bs4 import NavigableString, PageElement, Tag

from vitality_lib.directories import addresses
from vitality_lib.directories.records import clean_parish, link, website_of
from vitality_lib.models import ParishEntry

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
_NAME_CLASS = re.compile(r"(?:^|[-_ ])(?:name|title|heading)(?:$|[-_ ])", re.I)
_DETAIL_LABEL = re.compile(
    r"^(?:details?|more|learn more|read more|more info(?:rmation)?|view(?: parish| details)?|parish profile|full profile)\b",
    re.I,
)
_WEB_LABEL = re.compile(r"web ?site|visit|home ?page|www\.", re.I)
_PLACE = re.compile(r"(?P<lat>-?\d{1,2}\.\d{3,}),\s*(?P<lon>-?\d{1,3}\.\d{3,})")
_LABEL = re.compile(
    r"^(?:address|location|phone|tel|telephone|website|web|email|e-mail|pastor|fax|city|street)\s*:\s*", re.I
)


def read_card(node: Tag, base: str = "", name: str | None = None) -> ParishEntry | None:
    """The parish that an element describes, or None when it names none."""
    lines = lines_of(node)
    called = name or name_of(node) or (lines[0] if lines else None)
    if not called:
        return None
    links = [(str(a.get("href", "")), a.get_text(" ", strip=True)) for a in node.find_all("a", href=True)]
    north, east = _place(node, links)
    return clean_parish(
        called,
        address=address_in([line for line in lines if line != called]),
        phone=next((href[4:] for href, _ in links if href.startswith("tel:")), None) or _phone_line(lines),
        email=next((href[7:] for href, _ in links if href.lower().startswith("mailto:")), None) or " ".join(lines),
        website=_website(links, base),
        pastor=next(
            (line for line in lines if re.match(r"(?:pastor|administrator|parochial administrator)\b", line, re.I)),
            None,
        ),
        latitude=north,
        longitude=east,
        detail_url=_detail(links, base, called),
        base=base,
    )


def name_of(node: Tag) -> str | None:
    """The name in a card: its heading, else an element with a class for names, else bold text, else its first link."""
    heading = node.find(["h1", "h2", "h3", "h4", "h5", "h6", "summary"])
    named = heading or node.find(class_=_NAME_CLASS) or node.find(["strong", "b"]) or node.find("a", href=True)
    text = named.get_text(" ", strip=True) if isinstance(named, Tag) else ""
    return " ".join(text.split()) or None


def lines_of(node: Tag) -> list[str]:
    """The visible text of an element, line by line, as its blocks and line breaks part it."""
    lines = [""]
    for piece in _pieces(node):
        if piece is None:
            lines.append("")
        else:
            lines[-1] += piece
    return [line for line in (" ".join(line.split()).strip(" ,|•·") for line in lines) if line]


def address_in(lines: list[str]) -> str | None:
    """The address among lines of text: the line with a state or ZIP, and the street before it."""
    bare = [_LABEL.sub("", line) for line in lines]
    for at, line in enumerate(bare):
        parts = addresses.parse(line)
        if not (parts.state and (parts.zip or parts.city)) or len(line) > 160:
            continue
        if parts.street and re.search(r"\d|box", parts.street, re.I):
            return line
        before = at and bare[at - 1]
        if before and addresses.STREET_LINE.match(before):
            return f"{before}\n{line}"
        return line
    street = next(
        (line for line in bare if addresses.STREET_LINE.match(line) and len(line) < 80 and not _is_phone(line)), None
    )
    return street


def _pieces(node: Tag) -> Iterator[str | None]:
    stack: list[PageElement | None] = [node]
    while stack:
        item = stack.pop()
        if item is None:
            yield None
        elif isinstance(item, Tag):
            if item.name in _HIDDEN:
                continue
            block = item.name in _BLOCKS
            stack += [None] if block else []
            stack += reversed(list(item.children))
            stack += [None] if block else []
        elif type(item) is NavigableString:
            yield str(item)


def _is_phone(line: str) -> bool:
    return bool(re.fullmatch(r"[\d\s().+-]{7,20}", line))


def _phone_line(lines: list[str]) -> str | None:
    number = re.compile(r"(?<!\d)\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]\d{4}(?!\d)")
    found = [line for line in lines if number.search(line) and not re.match(r"fax", line, re.I)]
    match = number.search(found[0]) if found else None
    return match.group(0) if match else None


def _website(links: list[tuple[str, str]], base: str) -> str | None:
    own = [(href, label) for href, label in links if href.startswith(("http", "//", "www.")) and website_of(href, base)]
    said = [href for href, label in own if _WEB_LABEL.search(label) or "." in label]
    rest = [href for href, label in own if not _DETAIL_LABEL.match(label)]
    return next(iter([*said, *rest]), None)


def _detail(links: list[tuple[str, str]], base: str, name: str) -> str | None:
    """The diocese's own page about the parish: the name is the link, or its label says `details`."""
    host = (urlsplit(base).hostname or "").removeprefix("www.")
    for href, label in links:
        target = link(href, base)
        parts = urlsplit(target or "")
        if not target or parts.path in {"", "/"}:
            continue
        same = not host or (parts.hostname or "").removeprefix("www.") == host
        if same and (label == name or _DETAIL_LABEL.match(label)) and website_of(href, "") is not None:
            return target
    return None


def _place(node: Tag, links: list[tuple[str, str]]) -> tuple[str | None, str | None]:
    for attributes in (("data-latitude", "data-longitude"), ("data-lat", "data-lng"), ("data-lat", "data-lon")):
        holder = node if node.has_attr(attributes[0]) else node.find(attrs={attributes[0]: True})
        if isinstance(holder, Tag):
            return str(holder[attributes[0]]), str(holder.get(attributes[1], ""))
    for href, _ in links:
        if "map" in href:
            query = parse_qs(urlsplit(href).query)
            text = " ".join(
                [*query.get("q", []), *query.get("query", []), *query.get("destination", []), urlsplit(href).path]
            )
            match = _PLACE.search(text)
            if match:
                return match["lat"], match["lon"]
    return None, None
