"""What the text of a card says, line by line: the address, labelled facts (`Phone: ...`), the telephone, the pastor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vitality_lib.directories.parish.address import split_address
from vitality_lib.directories.parish.address_line import ends_with_place
from vitality_lib.directories.parish.fields import Field
from vitality_lib.directories.parish.states import STATE_PATTERN
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.parish.town_names import may_be_town
from vitality_lib.directories.pieces.contacts import (
    EMAIL,
    FAX,
    PHONE,
    WEB,
    office_phone,
    website_said,
    with_fax_labelled,
    without_disguise,
)
from vitality_lib.directories.pieces.labels import labelled_facts, one_label_each

_MOST_LINES = 60
_TELEPHONE_WORD = re.compile(r"\b(?:tel(?:ephone|[ée]fono)?|phone|ph|office|rectory|oficina)\b\.?\s*:?\s*$", re.I)
_PARTED = re.compile(r"\s*[|•·\t]\s*|\s+[-–—]\s+|\s{3,}|;\s+")
_BEFORE = re.compile(r"(?P<town>[^:–—|,]{2,40}?)\s*(?:[:–—|,]|\s-)\s*")  # a town before the name, in its line
_PLACE_GOES_ON = re.compile(
    rf"(?:{STATE_PATTERN})\.?|\d{{5}}(?:-\d{{4}})?|(?:{STATE_PATTERN}),? \d{{5}}(?:-\d{{4}})?", re.I
)
_INSIDE = re.compile(r"(?:suite|ste(?=\W*(?:\d|[A-Z]\b))|unit|room|rm|floor|building|bldg|apt)\b", re.I)
_DEANERY = re.compile(r"^\D*\b(?:deanery|vicariate)$", re.I)
_PASTOR = re.compile(
    r"(?:pastor|administrator|parochial administrator|p[áa]rroco|rector|very rev|rev(?:erend)?|fr|father|msgr|"
    r"monsignor)\b",
    re.I,
)
_STREET_START = re.compile(r"[\s,]+(?:(?=\d{1,6}[A-Za-z]?\s+[NSEW\d]?[A-Za-z.\d]*\s*[A-Z])|(?=P\.?\s?O\.?\s+Box\b))")


@dataclass(frozen=True)
class CardText:
    """Facts in the text of one card. `complete` says that `address` ends with its city and state."""

    address: str | None = None
    complete: bool = False
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    pastor: str | None = None
    labelled: dict[Field, str] = field(default_factory=dict)


def card_text(lines: Sequence[str], name: str = "") -> CardText:
    """Read the lines of a card of the parish `name`."""
    plainly = map(without_disguise, with_fax_labelled(lines[:_MOST_LINES]))
    rest = one_label_each(without_name(line, name) for line in plainly)
    labelled, plain = labelled_facts(rest)
    bare = [FAX.sub(" ", line) for line in rest]
    address, complete = _address([piece for line in plain for piece in _pieces(line)])
    return CardText(
        address,
        complete,
        phone=office_phone(bare),
        email=next((found[0] for found in map(EMAIL.search, bare) if found), None),
        website=website_said(bare),
        pastor=next((piece for line in rest for piece in _pieces(line) if _PASTOR.match(piece)), None),
        labelled=labelled,
    )


def name_in_line(line: str) -> str:
    """The name at the start of a line that goes on with an address or a telephone number."""
    head = _PARTED.split(FAX.split(line)[0])[0]
    for stop in (PHONE, _STREET_START, EMAIL, WEB):
        head = stop.split(head)[0] if stop.split(head)[0].strip() else head
    parts = head.split(", ")
    street = next((at for at, part in enumerate(parts) if at and looks_like_street(part)), len(parts))
    return ", ".join(parts[:street]).strip(" :,-–|")


def without_name(line: str, name: str) -> str:
    """A line without the name that it starts with, or that follows a town: of the name alone nothing is left."""
    if line == name:
        return ""
    town = _BEFORE.match(line) if name in line else None
    if town and line.startswith(name, town.end()) and may_be_town(town["town"]):
        line = line[town.end() :]
    after = line[len(name) :] if name and line.startswith(name) else line
    if after is not line and ends_with_place(line) and not split_address(after).city:
        return line  # a town of the parish's name: `Ste. Colette, MO 63101`
    return after.strip(" ,:;-–—|•·") if after is not line and not re.match(r"\w", after) else line


def _pieces(line: str) -> list[str]:
    """The parts of a line that may be lines of an address: telephone, e-mail and web address cut out."""
    bare = WEB.sub("\t", EMAIL.sub("\t", PHONE.sub("\t", FAX.sub("\t", line))))
    parts = (_TELEPHONE_WORD.sub("", part).strip(" ,:()-–") for part in _PARTED.split(bare))
    return [part for part in parts if part and re.search(r"\w", part)]


def _address(lines: list[str]) -> tuple[str | None, bool]:
    """The first address: a line that ends with state and ZIP, and the street's lines before it; else a street."""
    lines = [line for line in lines if not _DEANERY.search(line)]
    for at, line in enumerate(lines):
        if any(after.startswith(f"{line},") and ends_with_place(after) for after in lines[at + 1 : at + 2]):
            continue  # a town above its own line: `Washington`, `Washington, MO 63090`
        if ends_with_place(line) or (at and ends_with_place(f"{lines[at - 1]}, {line}")):
            start = at
            while start and not split_address(", ".join(lines[start : at + 1])).city and at - start < 2:
                start -= 1  # the state, or the state and the city, may stand on lines of their own
            end = at + 1
            while end < len(lines) and end - at < 3 and _PLACE_GOES_ON.fullmatch(lines[end]):
                end += 1  # `Oregon` may be a state, or a town with `OH` and `43616` on the lines after it
            whole = ", ".join(lines[start:end])
            if len(whole) <= 200:
                return _with_street(lines, start, whole), True
    street = next((line for line in lines if _has_street(line) and len(line) < 100), None)
    return street, False


def _has_street(line: str) -> bool:
    """Whether a line, or a part of it (after a host church's name), reads like a street."""
    return any(looks_like_street(part) for part in (line, *line.split(", ")))


def _with_street(lines: list[str], start: int, whole: str) -> str:
    """The place line with the lines before it that read like a street, unless it has a street itself."""
    if split_address(whole).street:
        return whole
    before: list[str] = []
    for line in reversed(lines[max(0, start - 3) : start]):
        if not (_has_street(line) or _INSIDE.match(line)):
            break
        before.insert(0, line)
    return "\n".join([*before, whole])
