"""Cells of CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from datetime import datetime

from vitality_lib.harmless import lines_kept

# Signs of full width (U+FF1D and its like) begin a formula, too; what has no width before a sign hides it.
_FORMULA = re.compile("^[\\s\ufeff\u200b-\u200f\u2060\u00ad\ufffd]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")


def cell(value: object) -> str:
    """A value as text. Words that begin like a formula get an apostrophe before them; plain numbers, telephone numbers
    in E.164 among them, stay as they are; what is not known is empty. Control characters become U+FFFD.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1].isalnum() and value.isprintable():
        return value
    text = lines_kept(str(value).replace("\r\n", "\n"))
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
