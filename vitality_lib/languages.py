"""Languages that a parish or a service is held in, as pages name them, and their ISO 639 codes."""

from __future__ import annotations

import re

# `und` is said to be held in several; `en/es` is bilingual, which in US parishes is English and Spanish.
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("en", ("english", "ingl[eé]s")),
    ("es", ("spanish", "espa[ñn]ol", "hispanic")),
    ("la", (
        "latin(?! rite| church| catholic)", "lat[ií]n", "tridentine", r"t\.?l\.?m\b\.?", "extraordinary (?:form|rite)",
        "usus antiquior", "1962 missal", "vetus ordo",
    )),
    ("vi", ("vietnamese", "vietnamita", "ti[eế]ng vi[eệ]t", "vi[eệ]t ng[uữ]")),
    ("pl", ("polish", "polaco", "polski", "po polsku")),
    ("pt", ("portuguese", "portugu[eê]se?", "brazilian")),
    ("tl", ("tagalog", "filipino")),
    ("ko", ("korean", "coreano")),
    ("ht", ("haitian(?: creole)?", "creole", "krey[oòó]l(?: ayisyen)?")),
    ("fr", ("french", "franc[eé]s", "fran[cç]ais")),
    ("it", ("italian", "italiano")),
    ("de", ("german",)),
    ("zh", ("chinese", "mandarin")),
    ("yue", ("cantonese",)),
    ("ja", ("japanese",)),
    ("lt", ("lithuanian",)),
    ("hr", ("croatian",)),
    ("sk", ("slovak",)),
    ("sl", ("slovenian",)),
    ("hu", ("hungarian",)),
    ("uk", ("ukrainian(?! (?:greek )?catholic)",)),
    ("cu", ("church slavonic", "slavonic")),
    ("el", ("greek(?! catholic)",)),
    ("hy", ("armenian(?! catholic)",)),
    ("ro", ("romanian(?! (?:greek )?catholic)",)),
    ("sq", ("albanian",)),
    ("ar", ("arabic",)),
    ("syc", ("syriac",)),
    ("arc", ("aramaic",)),
    ("ml", ("malayalam",)),
    ("ta", ("tamil",)),
    ("te", ("telugu",)),
    ("kok", ("konkani",)),
    ("hi", ("hindi",)),
    ("ig", ("igbo",)),
    ("sw", ("swahili", "kiswahili")),
    ("ki", ("kikuyu",)),
    ("ha", ("hausa",)),
    ("yo", ("yoruba",)),
    ("tw", ("twi",)),
    ("hmn", ("hmong",)),
    ("lo", ("laotian",)),
    ("my", ("burmese",)),
    ("ilo", ("ilocano",)),
    ("nv", ("navajo",)),
    ("sm", ("samoan",)),
    ("to", ("tongan",)),
    ("mh", ("marshallese",)),
    ("ch", ("chamorro",)),
    ("kea", ("cape verdean",)),
    ("id", ("indonesian",)),
    ("ms", ("bahasa(?: malaysia| melayu)?", r"b\.m\.")),
    ("ru", ("russian",)),
    ("cs", ("czech",)),
    ("am", ("amharic",)),
    ("gez", (r"ge[\u2019']?ez",)),
    ("ase", ("asl", "sign language", "signed")),
    ("en/es", (r"bi-?\s?lingual", "biling[uü]e", "spanglish")),
    ("und", ("multi-?lingual",)),
)  # fmt: skip
# `8:00 (Eng)`, `9:30 (SP)`: short forms that say a language only in brackets.
_SHORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("en", ("en", "eng")),
    ("es", ("es", "esp", "sp", "span")),
    ("pl", ("pl", "pol")),
    ("vi", ("vn", "viet", "vi")),
    ("pt", ("pt", "port")),
    ("la", ("lat",)),
    ("fr", ("fr",)),
    ("it", ("it", "ital")),
    ("ko", ("kor",)),
    ("uk", ("ukr",)),
)
LANGUAGE = (
    rf"\b(?:{'|'.join(name for _, names in _NAMES for name in names)})(?!\w)"
    rf"|(?<=\()(?:{'|'.join(name for _, names in _SHORT for name in names)})(?=\.?\))"
)
_CODES = tuple(
    (re.compile("|".join(names), re.I), code)
    for code, names in (*_NAMES, *((code, tuple(f"{name}$" for name in names)) for code, names in _SHORT))
)
_LANGUAGE = re.compile(LANGUAGE, re.I)


def language_of(word: str) -> str:
    """The ISO 639 code of a language token; `en/es` for bilingual, `und` where none is known."""
    return next((code for pattern, code in _CODES if pattern.match(word)), "und")


def languages_in(text: str) -> tuple[str, ...]:
    """The ISO 639 codes of the languages a text names, in its order, each once; bilingual is English and Spanish."""
    codes = (code for match in _LANGUAGE.finditer(text) for code in language_of(match[0]).split("/"))
    return tuple(dict.fromkeys(code for code in codes if code != "und"))
