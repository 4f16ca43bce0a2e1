"""What streets look like: house numbers, PO boxes, the words that roads are called by."""

from __future__ import annotations

import re

STREET_WORD = (
    r"\b(?:st|street|ave?|avenue|rd|road|dr|drive|blvd|boulevard|ln|lane|hwy|highway|route|rte|rt|ct|court|pl|place|sq|"
    r"square|way|pkwy|parkway|ter|terrace|cir|circle|trl|trail|pike|loop|plaza|turnpike|calle|avenida|carretera|"
    r"county road|cr|fm)\b"
)
NO_CITY = re.compile(
    r"^(?:#|(?:suite|ste|unit|room|floor|bldg|building|apt|lot|box)\b|p\.?\s*o\.?\s*box|post office box|c/o\b)", re.I
)
_STREET_START = re.compile(
    r"c/o|corner of\b|(?:r\.?r\.?|rural route|hcr?|star route)\s?#?\d+|#?\d+[A-Za-z]?(?:-\d+)?\s+\S|"
    r"[NSEW]\d+\s?[NSEW]?\d*\s+\S",
    re.I,
)
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*(?:box|drawer)\b|\bpost office box\b|^box \d", re.I)


def looks_like_street(line: str) -> bool:
    """Whether a line reads like the first part of an address: a house number, a PO box, a named road."""
    if len(line) > 120 or re.search(r"\d{3}[-.) ]+\d{3}[-. ]+\d{4}", line):
        return False
    if _PO_BOX.search(line) or _STREET_START.match(line):
        return not re.search(r"\b\d{1,2}(?::\d\d)?\s*[ap]\.?m\b", line, re.I)
    return bool(
        re.search(STREET_WORD + r"\.?(?:\s+[NSEW]{1,2}\.?)?(?:$|[,#]|\s+\d)", line, re.I)
    ) and not line.lower().startswith("st")
