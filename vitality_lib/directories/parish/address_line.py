"""An address as one tidy line: its lines joined, without label, country and stray marks; and how such a line ends."""

from __future__ import annotations

import re

from vitality_lib.directories.parish.states import STATE_PATTERN, state_code
from vitality_lib.directories.parish.zips import ZIP_PATTERN

_LONGEST = 400  # characters of an address that are looked at
_COUNTRY = re.compile(r"[\s,]*\b(?:USA|U\.S\.A\.?|United States(?: of America)?|US|Canada)\.?\s*$", re.I)
_TWICE = re.compile(rf"\b(?P<state>{STATE_PATTERN})\s*\|\s*(?P<code>[A-Z]{{2}})\b", re.I)
_LABEL = re.compile(
    r"^(?:(?:street|mailing|physical|church|parish|office)?\s*address|location|direcci[oó]n)\s*:\s*", re.I
)
STATE_AND_ZIP_AT_END = re.compile(rf"(?:^|[\s,])(?P<state>{STATE_PATTERN})[\s,]*(?P<zip>{ZIP_PATTERN})?[\s,.]*$", re.I)


def one_line(text: str | None) -> str:
    """An address on one line, commas between what were its lines, without `Address:` before or `USA` behind it."""
    bare = re.sub(r"\s*\n\s*", ", ", _TWICE.sub(_state_once, (text or "").strip()[:_LONGEST]))
    bare = re.sub(r"\s+", " ", bare.replace("\u200b", "").replace("|", ", ")).strip(" ,;•·")
    bare = re.sub(r"\s*,(?:\s*,)+", ",", _LABEL.sub("", bare))
    return _COUNTRY.sub("", bare) if len(bare) > 12 else bare


def ends_with_place(line: str) -> bool:
    """Whether a line ends with a state and a ZIP, or with `, ST`."""
    bare = one_line(line)
    match = STATE_AND_ZIP_AT_END.search(bare)
    if not match or not state_code(match["state"]) or len(bare) > 200:
        return False
    return bool(match["zip"]) or bool(re.search(r",\s*$", bare[: match.start("state")]))


def trimmed(text: str | None) -> str | None:
    """A part of an address without the marks at its ends; None when nothing is left."""
    return re.sub(r"\s+", " ", (text or "")).strip(" ,;:-–|") or None


def _state_once(twice: re.Match[str]) -> str:
    """`Ohio|OH`, as eCatholic writes a state, as `OH`."""
    return twice["code"] if state_code(twice["state"]) == twice["code"].upper() else twice[0]
