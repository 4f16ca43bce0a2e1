"""Cells of CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from datetime import datetime

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")


def cell(value: object) -> str:
    """A value as text. Words that begin like a formula get an apostrophe before them; plain numbers, telephone numbers
    in E.164 among them, stay as they are; what is not known is empty.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
