"""What a line of a list in plain text is: the name of a church, a fact about one, neither, or blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from vitality_lib.directories.parish.address_line import ends_with_place
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.pieces.card_name import can_be_name, names_a_church
from vitality_lib.directories.pieces.card_text import name_in_line
from vitality_lib.directories.pieces.contacts import EMAIL, FAX, PHONE, WEB

_LONGEST = 200  # characters of a line in which a name is looked for
_NO_START = re.compile(
    r"^(?:[\w .&/]{2,30}:|c/o\b|at\b|and\b|mass\b|holy days?\b)|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b", re.I
)
_LABELLED = re.compile(r"(?:[\w .&/-]{2,30}:|fax\b|tel\b|phone\b)", re.I)
_PERSON = re.compile(
    r"(?:(?:most|very) )?(?:rev(?:erend)?|fr|father|msgr|monsignor|deacon|dcn|sr|sister|mr|mrs|ms|bishop|pastor)\b\.?",
    re.I,
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}(?:/\S*)?", re.I)
_BEFORE = re.compile(r"^(?:[•·▪■●*–—-]\s*|\(?\d{1,3}[.)]\s+(?=[^\W\d]))")  # bullets and numbers before names
_LEADERS = re.compile(r"\s*(?:\. ?){4,}\s*|\s*_{3,}\s*")  # dots from a name to its page or its telephone
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_GOES_ON = re.compile(r".*(?:\b(?:of|the|and|de|del|la|y|in|at)|[&/]|\([^)]*)", re.I)
_ENDS = re.compile(r"(?:roman )?(?:catholic )?(?:parish|church|mission|chapel|community)(?: \([^)]*\))?", re.I)
CITY_ZIP = re.compile(r"(?P<city>[^\W\d][^\d,|]{1,40}?)[,.]?\s+(?P<zip>\d{5}(?:-\d{4})?)")


class Said(Enum):
    """What a line is."""

    BLANK = auto()
    NAME = auto()
    FACT = auto()
    OTHER = auto()


def kind(line: str) -> Said:
    """What a line is, by itself."""
    if not line:
        return Said.BLANK
    name = name_in_line(line[:_LONGEST])
    if not _NO_START.search(line) and not _DOMAIN.fullmatch(line) and names_a_church(name):
        return Said.NAME if not ends_with_place(line) or name != line else Said.FACT
    return Said.FACT if has_place(line) or _is_contact(line) else Said.OTHER


def has_place(line: str) -> bool:
    """Whether a line, or a part of it, is one of an address."""
    return ends_with_zip(line) or any(map(looks_like_street, line.split(", ")))


def ends_with_zip(line: str) -> bool:
    """Whether a line ends an address: with state and ZIP, or a town with a ZIP alone."""
    return ends_with_place(line) or bool(CITY_ZIP.fullmatch(line))


def is_person(line: str) -> bool:
    """Whether a line begins with a title of the clergy, or another form of address."""
    return bool(_PERSON.match(line))


def may_be_name(line: str) -> bool:
    """Whether a line that names no church we know of may be a name where all its like are."""
    return can_be_name(line) and not is_person(line) and not _NO_START.search(line) and not line.endswith((".", ":"))


def whole_lines(lines: Sequence[str]) -> Iterator[str]:
    """The lines without bullets and leaders, wide blanks as `|`; a name broken over two lines in one."""
    every = [_tidied(line) for line in lines]
    tidied = [line for before, line in zip(["", *every], every, strict=False) if line or before]
    at = 0
    while at < len(tidied):
        line, after = tidied[at], tidied[at + 1] if at + 1 < len(tidied) else ""
        broken = kind(line) is Said.NAME and after and (_GOES_ON.fullmatch(line) or _ENDS.fullmatch(after))
        if broken and kind(after) is not Said.FACT and not has_place(after) and "|" not in line + after:
            line, at = f"{line} {after}", at + 1
        yield line
        at += 1


def _tidied(line: str) -> str:
    wide = re.sub(r"\s{3,}", " | ", _NO_TEXT.sub("", line).strip())
    return _LEADERS.sub(" | ", _BEFORE.sub("", wide))


def _is_contact(line: str) -> bool:
    patterns = (PHONE, EMAIL, WEB, FAX)
    return bool(_LABELLED.match(line) or is_person(line) or _DOMAIN.fullmatch(line)) or any(
        pattern.search(line) for pattern in patterns
    )
