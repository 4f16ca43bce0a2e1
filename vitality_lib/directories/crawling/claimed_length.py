"""How long a list says it is: `Showing 1-20 of 185`, `185 parishes found`."""

from __future__ import annotations

import re

from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document

_CLAIM = re.compile(
    r"\b\d+\s*(?:-|–|to|through)\s*\d+ of (\d{1,4})\b|\b(?:showing|found|displaying)(?: all)? (\d{1,4}) "
    r"(?:results?|parishes|churches|locations)\b|\b(\d{1,4}) (?:results?|locations?)(?: found)?$"
    r"|\b(\d{1,4}) (?:parishes|churches|items) (?:were )?found\b|\bpage \d+ of \d+ \((\d{1,4}) items\)",
    re.I,
)
_CLAIM_LINE = 80


def claimed(document: Document) -> int | None:
    """How many parishes the page itself says the list has (`Showing 1-20 of 185`), or None."""
    for line in markup.lines(markup.body(document.tree)):
        match = _CLAIM.search(line) if len(line) <= _CLAIM_LINE else None
        if match:
            return int(next(number for number in match.groups() if number))
    return None
