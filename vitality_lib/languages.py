"""Languages that a parish or a service is held in, as pages name them, and their ISO 639 codes."""

from __future__ import annotations

import re

_NAMES = (
        "english", "ingl[eé]s", "spanish", "espa[ñn]ol", "hispanic", "latin", "lat[ií]n", "tridentine",
        r"t\.?l\.?m\b\.?", "extraordinary form", "vietnamese", "vietnamita", "ti[eế]ng vi[eệ]t", "polish", "polaco",
        "polski", "portuguese", "portugu[eê]s", "brazilian", "tagalog", "filipino", "korean", "coreano",
        "haitian(?: creole)?", "creole", "french", "franc[eé]s", "fran[cç]ais", "italian", "italiano", "german",
        "chinese", "mandarin", "cantonese", "japanese", "lithuanian", "croatian", "slovak", "slovenian", "hungarian",
        "ukrainian", "arabic", "syriac", "aramaic", "malayalam", "tamil", "konkani", "igbo", "swahili", "kiswahili",
        "kikuyu", "hausa", "yoruba", "hmong", "laotian", "burmese", "hindi", "ilocano", "navajo", "samoan", "tongan",
        "russian", "czech", "amharic", r"ge[\u2019']?ez", "asl", "sign language", "signed",
        r"bi-?\s?lingual", "biling[uü]e", "multi-?lingual", "bahasa(?: malaysia| melayu)?", r"b\.m\.",
)  # fmt: skip
LANGUAGE = rf"\b(?:{'|'.join(_NAMES)})(?!\w)"

_CODES: tuple[tuple[str, str], ...] = (
    ("engl", "en"), ("ingl", "en"), ("span", "es"), ("espa", "es"), ("hisp", "es"), ("latin", "la"), ("latín", "la"),
    ("trid", "la"), ("tlm", "la"), ("t.l", "la"), ("extra", "la"), ("viet", "vi"), ("tiếng", "vi"), ("tieng", "vi"),
    ("pol", "pl"), ("port", "pt"), ("braz", "pt"), ("taga", "tl"), ("fili", "tl"), ("kor", "ko"), ("core", "ko"),
    ("hai", "ht"), ("creo", "ht"), ("fren", "fr"), ("fran", "fr"), ("ital", "it"), ("germ", "de"), ("chin", "zh"),
    ("mand", "zh"), ("cant", "yue"), ("japan", "ja"), ("lith", "lt"), ("croa", "hr"), ("slovak", "sk"),
    ("sloven", "sl"), ("hung", "hu"), ("ukra", "uk"), ("arab", "ar"), ("syri", "syc"), ("aram", "arc"), ("mala", "ml"),
    ("tami", "ta"), ("konk", "kok"), ("igbo", "ig"), ("swah", "sw"), ("kisw", "sw"), ("kiku", "ki"), ("hmon", "hmn"),
    ("haus", "ha"), ("yoru", "yo"), ("burm", "my"), ("hindi", "hi"), ("iloc", "ilo"), ("russ", "ru"), ("czec", "cs"),
    ("amha", "am"), ("laot", "lo"), ("nava", "nv"), ("samo", "sm"), ("tong", "to"), ("asl", "ase"), ("sign", "ase"),
    ("bil", "en/es"), ("bi-", "en/es"), ("bi ", "en/es"), ("multi", "und"), ("baha", "ms"), ("b.m", "ms"),
    ("ge", "gez"),
)  # fmt: skip


def language_of(word: str) -> str:
    """The ISO 639 code of a language token; `en/es` for bilingual, which in US parishes is English and Spanish."""
    low = word.lower()
    return next((code for start, code in _CODES if low.startswith(start)), "und")


def languages_in(text: str) -> tuple[str, ...]:
    """The ISO 639 codes of the languages a text names, in its order, each once; bilingual is English and Spanish."""
    codes = (code for match in _LANGUAGE.finditer(text) for code in language_of(match[0]).split("/"))
    return tuple(dict.fromkeys(code for code in codes if code != "und"))


_LANGUAGE = re.compile(LANGUAGE, re.I)
