"""What the text of a card says, line by line: the address, labelled facts (`Phone: ...`), the telephone, the pastor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vitality_lib.directories.address import ends_with_place, looks_like_street, split_address
from vitality_lib.directories.fields import Field, field_named
from vitality_lib.hyperlinks import absolute

_MOST_LINES = 60
_NUMBER = (
    r"(?:\+?1[\s.-]{0,2})?(?<!\d)\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]\d{4}(?!\d)(?:,?\s*(?:x|ext\.?|option)\s*\d{1,5})?"
)
_PHONE = re.compile(_NUMBER, re.I)
_FAX = re.compile(rf"\(?\bfax\b\)?\W{{0,4}}{_NUMBER}|{_NUMBER}\s*\(?fax\b\)?(?!\W{{0,4}}\d{{3}})|^fax\b.*", re.I)
_TELEPHONE_WORD = re.compile(r"\b(?:tel(?:ephone|[ée]fono)?|phone|ph|office|rectory|oficina)\b\.?\s*:?\s*$", re.I)
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_AT = re.compile(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|(?<=\w)\s+at\s+(?=[\w-]+\s+dot\s)", re.I)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|(?<=\w)\s+dot\s+(?=(?:com|org|net|us)\b)", re.I)
_ANOTHER_NUMBER = re.compile(
    r"^(?:school|fax|cemetery|religious|faith formation|ccd|re office|(?:parish )?hall|preschool|emergency|convent|"
    r"daycare|day care|food|thrift|toll|cell)\b",
    re.I,
)
_OWN_NUMBER = re.compile(r"^\W*(?:parish|church|main|office|rectory|tel|phone|ph|p|t)\b[\w ]{0,12}[.:]?\s*\(?\d", re.I)
_WEB = re.compile(r"(?:https?://|www\.)[^\s,;]+", re.I)
_PARTED = re.compile(r"\s*[|•·\t]\s*|\s+[-–—]\s+|\s{3,}|;\s+")
_LABELLED = re.compile(r"(?P<label>[^\W\d][\w .&/-]{1,30}?)\s*:\s*(?P<value>.*)")
_STAND_ALONE = re.compile(
    r"(?:(?:mailing|physical|church|office|street) )?(?:address|phone)|location|city|state|zip(?: code)?|telephone|"
    r"tel\.?|pastor|direcci[óo]n|tel[ée]fono|ciudad|p[áa]rroco|web ?site|e-?mail|deanery|vicariate|languages?|status",
    re.I,
)
_NOT_PLACED = frozenset({Field.NAME, Field.OTHER})  # labels before an address that say no field: `Church: 12 Elm St`
_DOTTED = frozenset({Field.WEBSITE, Field.EMAIL})  # `Website` alone on a line is a link, mostly, and labels nothing
_INSIDE = re.compile(r"(?:suite|ste|unit|room|rm|floor|building|bldg|apt)\b", re.I)
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
    plainly = (_DOT.sub(".", _AT.sub("@", line)) for line in lines[:_MOST_LINES])
    rest = [line for line in (without_name(line, name) for line in plainly) if line]
    labelled, plain = _labels(rest)
    bare = [_FAX.sub(" ", line) for line in rest]
    address, complete = _address([piece for line in plain for piece in _pieces(line)])
    return CardText(
        address,
        complete,
        phone=_phone(bare),
        email=next((found[0] for found in map(_EMAIL.search, bare) if found), None),
        website=_website(bare),
        pastor=next((line for line in rest if _PASTOR.match(line)), None),
        labelled=labelled,
    )


def name_in_line(line: str) -> str:
    """The name at the start of a line that goes on with an address or a telephone number."""
    head = _PARTED.split(_FAX.split(line)[0])[0]
    for stop in (_PHONE, _STREET_START, _EMAIL, _WEB):
        head = stop.split(head)[0] if stop.split(head)[0].strip() else head
    parts = head.split(", ")
    street = next((at for at, part in enumerate(parts) if at and looks_like_street(part)), len(parts))
    return ", ".join(parts[:street]).strip(" :,-–|")


def without_name(line: str, name: str) -> str:
    """A line without the name at its start: the line of the name alone goes, what follows it stays."""
    if line == name:
        return ""
    after = line[len(name) :] if name and line.startswith(name) else line
    return after.strip(" ,:;-–—|•·") if after is not line and not re.match(r"\w", after) else line


def _phone(lines: Sequence[str]) -> str | None:
    """The number of the office or the rectory, else the first one that is not the school's."""
    own = (line for line in lines if _OWN_NUMBER.search(line))
    other = (line for line in lines if not _ANOTHER_NUMBER.search(line))
    return next((found[0] for found in map(_PHONE.search, (*own, *other, *lines)) if found), None)


def _website(lines: Sequence[str]) -> str | None:
    """An address with a scheme or `www.`, else a line that is a domain's name."""
    said = next((found[0].rstrip(".") for found in map(_WEB.search, lines) if found), None)
    return said or next((line for line in lines if " " not in line and "@" not in line and absolute(line)), None)


def _labels(lines: Sequence[str]) -> tuple[dict[Field, str], list[str]]:
    """Labelled facts, and the lines that may be an address. A label may stand alone on the line before its value."""
    labelled: dict[Field, str] = {}
    plain: list[str] = []
    waiting: Field | None = None
    for line in lines:
        match = _LABELLED.fullmatch(line)
        named = field_named(match["label"]) if match else None
        if named and match and not match["value"]:
            waiting = named
            continue
        if _STAND_ALONE.fullmatch(line):
            waiting = field_named(line)
            continue
        field, value = (named, match["value"]) if match and named else (waiting, line)
        field = None if field in _DOTTED and "." not in value else field
        waiting = None
        if field:
            labelled.setdefault(field, value)
        placed = field in _NOT_PLACED and (looks_like_street(value) or ends_with_place(value))
        if field in {None, Field.ADDRESS, Field.STREET, Field.PLACE} or placed:
            plain.append(value)
    return labelled, plain


def _pieces(line: str) -> list[str]:
    """The parts of a line that may be lines of an address: telephone, e-mail and web address cut out."""
    bare = _WEB.sub("\t", _EMAIL.sub("\t", _PHONE.sub("\t", _FAX.sub("\t", line))))
    parts = (_TELEPHONE_WORD.sub("", part).strip(" ,:()-–") for part in _PARTED.split(bare))
    return [part for part in parts if part and re.search(r"\w", part)]


def _address(lines: list[str]) -> tuple[str | None, bool]:
    """The first address: a line that ends with state and ZIP, and the street's lines before it; else a street."""
    for at, line in enumerate(lines):
        if ends_with_place(line) or (at and ends_with_place(f"{lines[at - 1]}, {line}")):
            start = at
            while start and not split_address(", ".join(lines[start : at + 1])).city and at - start < 2:
                start -= 1  # the state, or the state and the city, may stand on lines of their own
            whole = ", ".join(lines[start : at + 1])
            if len(whole) <= 200:
                return _with_street(lines, start, whole), True
    street = next((line for line in lines if looks_like_street(line) and len(line) < 80), None)
    return street, False


def _with_street(lines: list[str], start: int, whole: str) -> str:
    """The place line with the lines before it that read like a street, unless it has a street itself."""
    if split_address(whole).street:
        return whole
    before: list[str] = []
    for line in reversed(lines[max(0, start - 3) : start]):
        if not (any(looks_like_street(part) for part in (line, *line.split(", "))) or _INSIDE.match(line)):
            break
        before.insert(0, line)
    return "\n".join([*before, whole])
