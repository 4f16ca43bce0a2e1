"""What a page says once for all its services: what it is about, its churches' short forms, its languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.document import Document
from vitality_lib.languages import LANGUAGE, language_of, languages_in
from vitality_lib.schedules.about import one_subject
from vitality_lib.schedules.context import Whole
from vitality_lib.schedules.lexicon.churches import churches_in, trimmed
from vitality_lib.schedules.lexicon.pattern import any_of

_SAMPLE = 20_000  # characters of a page that say what counts for all of it
_MASS = re.compile(r"\bmass(?:es)?\b|\bmisas?\b|\bliturg(?:y|ies)\b")
_BILINGUAL = re.compile(r"\bbi-?\s?lingual|\bbiling[uü]e")
_SPANISH = re.compile(r"\bmisas?\b|\bespa[ñn]ol|\bspanish\b|\bhispanic\b")
_ALL_IN = re.compile(
    any_of(r"\ball (?:of )?(?:our |the )?(?:masses|liturgies)\b", r"\btodas (?:las|nuestras) misas\b")
    + rf"[^.\n]{{1,60}}?(?P<language>{LANGUAGE})"
)
_LONGEST_NAME = 60  # characters
_CODE = r"(?P<code>[A-Z]{2,5})"
_LEGEND = re.compile(rf"\b{_CODE}\s?(?P<sign>[=:\u2013-])\s?(?=[A-Z])")  # SJ = St. Joseph
_IN_BRACKETS = re.compile(rf",?\s?[(\[\u201c\"]{{1,2}}{_CODE}[\u201d\")\]]")  # St. Joseph (SJ)
_INITIAL = re.compile(r"\b\w")


def whole(document: Document, text: str) -> Whole:
    """What is known of a page as a whole; `text` is its visible text."""
    sample = text[:_SAMPLE]
    low = sample.lower()
    return Whole(one_subject(document, text), bool(_MASS.search(low)), tuple(_sites(sample)), _bilingual(low))


def masses_in(text: str) -> str | None:
    """The language a page says all its Masses are in: `All Masses are celebrated in Latin.`"""
    said = _ALL_IN.search(text[:_SAMPLE].lower())
    return language_of(said["language"]) if said else None


def _bilingual(low: str) -> str:
    """English and the one other language that a page names, where it never speaks of Spanish."""
    if not _BILINGUAL.search(low) or _SPANISH.search(low):
        return "en/es"
    others = {*languages_in(_BILINGUAL.sub("", low))} - {"en"}
    return "/".join(sorted({"en", *others})) if len(others) == 1 else "en/es"


def _sites(text: str) -> Iterator[tuple[str, str]]:
    """Short forms of churches that a page explains, and the names they stand for."""
    for match in _LEGEND.finditer(text):
        following = text[match.end() : match.end() + _LONGEST_NAME].partition("\n")[0]
        name = next((following[start:end] for start, end in churches_in(following) if start == 0), "")
        if name and (match["sign"] == "=" or _stands_for(match["code"], name)):
            yield match["code"], trimmed(name)
    for match in _IN_BRACKETS.finditer(text):
        leading = text[max(match.start() - _LONGEST_NAME, 0) : match.start()].rpartition("\n")[2]
        name = next((leading[start:end] for start, end in churches_in(leading) if end == len(leading)), "")
        if _stands_for(match["code"], name):
            yield match["code"], trimmed(name)


def _stands_for(code: str, name: str) -> bool:
    """Whether the letters of a short form are initials of a name, in order."""
    initials = iter(_INITIAL.findall(name.upper()))
    return bool(name) and all(letter in initials for letter in code)
