"""Telephones, e-mail and web addresses in the lines of a text, hidden ones (`office [at] x.org`) included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vitality_lib.hyperlinks import absolute

_NUMBER = (
    r"(?:(?<!\d)\+?1[\s.-]{0,2})?(?<!\d)\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]\d{4}(?!\d)"
    r"(?:,?\s*(?:x|ext\.?|option)\s*\d{1,5})?"
)
PHONE = re.compile(_NUMBER, re.I)
_FAX_WORD = r"\(?\b(?:fax|facsimile)\b(?: ?(?:number|no|num)\b)?\)?"
_DIGITS = r"(?:\+?1[\s.-]{0,2})?\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]?\d{4}(?!\d)"
_IS_FAX = rf"(?:{_FAX_WORD}|\(?\bf\b\)?)\W{{0,4}}{_DIGITS}|{_DIGITS}\s*(?:\(f\)|\(?fax\b\)?)(?!\W{{0,4}}\d{{3}})"
FAX_NUMBER = re.compile(_IS_FAX, re.I)  # `Fax: 513-555-0142`, `F 513-555-0142`, `513-555-0142 (fax)`
FAX = re.compile(rf"{_IS_FAX}|^{_FAX_WORD}.*", re.I)
_FAX_ALONE = re.compile(rf"{_FAX_WORD}\W*", re.I)
EMAIL = re.compile(r"(?<!\S)[^\s@]{1,100}@\S{1,200}\.\S+")  # bounded: one line of a page may be all of it
WEB = re.compile(r"(?:https?://|www\.)[^\s,;]+", re.I)
_AT = re.compile(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|(?<=\w)\s+at\s+(?=[\w-]+\s+dot\s)", re.I)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|(?<=\w)\s+dot\s+(?=(?:com|org|net|us)\b)", re.I)
_ANOTHER_NUMBER = re.compile(
    r"^(?:school|fax|cemetery|religious|faith formation|ccd|re office|(?:parish )?hall|preschool|emergency|convent|"
    r"daycare|day care|food|thrift|toll|cell)\b",
    re.I,
)
_OWN_NUMBER = re.compile(
    r"^(?!.*\bschool)\W*(?:parish|church|main|office|rectory|tel|phone|ph|p|t)\b[\w ]{0,12}[.:]?\s*\(?\d", re.I
)


def without_disguise(line: str) -> str:
    """A line with its e-mail address as it is meant: `office [at] stodo [dot] org`."""
    return _DOT.sub(".", _AT.sub("@", line))


def with_fax_labelled(lines: Sequence[str]) -> list[str]:
    """The lines of a text, a label `Fax` that stands alone joined to the number on the line after it."""
    joined: list[str] = []
    for line in lines:
        if joined and _FAX_ALONE.fullmatch(joined[-1]) and PHONE.match(line):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def office_phone(lines: Sequence[str]) -> str | None:
    """The number of the office or the rectory, else the first one that is not the school's."""
    own = (line for line in lines if _OWN_NUMBER.search(line))
    other = (line for line in lines if not is_another_number(line))
    return next((found[0] for found in map(PHONE.search, (*own, *other)) if found), None)


def is_another_number(line: str) -> bool:
    """Whether a line gives the telephone of something else than the parish: its school, its hall."""
    return bool(_ANOTHER_NUMBER.search(line))


def website_said(lines: Sequence[str]) -> str | None:
    """An address with a scheme or `www.`, else a line that is a domain's name."""
    said = next((found[0].rstrip(".") for found in map(WEB.search, lines) if found), None)
    return said or next((line for line in lines if " " not in line and "@" not in line and absolute(line)), None)
