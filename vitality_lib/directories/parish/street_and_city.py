"""What an address says before its state and ZIP becomes street and city: by commas, words of roads, or usaddress."""

from __future__ import annotations

import re

from vitality_lib.directories.parish.address_line import trimmed
from vitality_lib.directories.parish.streets import NO_CITY, STREET_WORD


def street_and_city(head: str, rest: str) -> tuple[str | None, str | None]:
    """Street and city of what stands before the state; `rest` (state and ZIP) helps to tell where the city begins."""
    before, comma, last = head.rpartition(",")
    last = last.strip()
    if comma and last and not NO_CITY.match(last) and not re.match(r"\d", last):
        inner = re.search(rf"{STREET_WORD}\.?\s+(?P<city>[A-Z].*)$", last, re.I) if re.search(r"\d", last) else None
        return (
            (trimmed(f"{before}, {last[: inner.start('city')]}"), trimmed(inner["city"]))
            if inner
            else (trimmed(before), trimmed(last))
        )
    if not re.search(r"\d|\b(?:box|one|two|three)\b", head, re.I):
        named = re.match(rf"(?P<street>\S+(?: \S+)*? ?{STREET_WORD}\.?) (?P<city>[A-Z].*)", head, re.I)
        return (trimmed(named["street"]), trimmed(named["city"])) if named else (None, trimmed(head))
    return _by_tagger(head, rest)


def street_and_perhaps_city(bare: str) -> tuple[str | None, str | None]:
    """Street and city of an address that names no state: a city only after a comma, behind a number, if no road's."""
    before, comma, last = bare.rpartition(",")
    is_city = comma and re.search(r"\d", before) and not re.search(r"\d", last) and not NO_CITY.match(last.strip())
    if is_city and not re.search(STREET_WORD + r"\.?$|^\s*[NSEW]{1,2}\.?[NSEW]?\.?$", last, re.I):
        return trimmed(before), trimmed(last)
    return trimmed(bare), None


def _by_tagger(head: str, rest: str) -> tuple[str | None, str | None]:
    """No comma tells street and city apart: usaddress does, by words."""
    import usaddress  # noqa: PLC0415 - 40 ms and its model: only where commas do not tell

    words = usaddress.parse(f"{head}, {rest}")
    words = words[: len(head.split())]
    start = len(words)
    while start and words[start - 1][1] == "PlaceName":
        start -= 1
    parts = head.split()
    if start and start < len(parts) and _goes_on(parts[start - 1], parts[start]):
        start += 1
    return trimmed(" ".join(parts[:start])), trimmed(" ".join(parts[start:]))


def _goes_on(last: str, following: str) -> bool:
    """Whether a street that seems to end goes on: `54th` `St.`, which is no saint; `Highway` `AE`."""
    ordinal = re.fullmatch(r"\d+(?:st|nd|rd|th)", last, re.I) and re.fullmatch(STREET_WORD + r"\.?", following, re.I)
    lettered = re.fullmatch(r"(?:highway|hwy|route|rt|rte|road|rd)\.?", last, re.I) and re.fullmatch(
        "[A-Z]{1,2}", following
    )
    return bool(ordinal or lettered)
