"""Dates, and the words that let a schedule begin or end at one."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import any_of, words

_MONTH_NAME = any_of(
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_MONTH = rf"{_MONTH_NAME}\b\.?"
_YEAR = r"(?:19|20)\d\d"

DATE = "|".join(
    (
        # March 3rd, 2026; July 4 - 6
        rf"\b{_MONTH}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?[:.]\d\d)(?:\s?(?:,|of|de)?\s?{_YEAR}\b)?"
        rf"(?:\s?(?:-|\u2013|&|and|to|through)\s?(?:{_MONTH}\s?)?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?::|[ap]\.?m)))?",
        rf"\b\d{{1,2}}-\d{{1,2}}-{_YEAR}\b",
        # 3 de marzo de 2026, 4th of July
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s|de\s)?{_MONTH}(?:\s?(?:,|de)?\s?{_YEAR}\b)?",
        r"\b\d{1,2}/\d{1,2}(?:/(?:19|20)?\d\d)?\b",
        rf"\b{_YEAR}\b",
        rf"\b{_MONTH}\s{_YEAR}\b",
    )
)
SINCE = words(
    "beginning", "starting", "effective", "as of", "begins", "starts", "from now", "resum(?:es?|ing)",
    "a partir de[l]?", "desde el", rf"through(?= {_MONTH} \d)",
)  # fmt: skip
