"""Numbers and names that look like times, days or services and are none."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import any_of

_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\"]{1,300}",
    r"[\w.+-]{1,64}@[\w.-]{1,100}",
)
_PHONE = (
    r"\(?\b\d{3}\)?\s?[-.\s]\s?\d{3}\s?[-.\s]\s?\d{4}\b",
    r"\b\d{3}[-.]\d{4}\b",
    r"\b[2-9]\d{2}/\d{3}-\d{4}\b",
)
_AMOUNT = (
    r"\$\s?\d[\d,.]*",
    r"\b\d[\d,.]*\s?(?:%|percent\b|years?\b|año?s\b|people\b|feet\b|ft\b|miles?\b|grade\b)",
)
_BOOK = any_of(
    "gen(?:esis)?", "ex(?:odus)?", "lev", "deut", "josh", "isa?(?:iah)?", "jer(?:emiah)?", "ezek(?:iel)?", "dan",
    "hos", "joel", "amos", "mic", "mal", "ps(?:alms?)?", "prov", "wis", "sir", "m(?:at)?t(?:hew)?", "mk", "mark",
    "lk", "luke", "jn", "john", "acts", "rom(?:ans)?", "cor(?:inthians)?", "gal", "eph", "phil", "col", "thess?",
    "tim", "tit", "heb(?:rews)?", "jas", "james", "pet(?:er)?", "rev",
    "juan", "mateo", "lucas", "marcos", "hechos", "salmo",
)  # fmt: skip
_SCRIPTURE = rf"\b{_BOOK}\.?\s{{0,2}}\d{{1,3}}\s?[:.,]\s?\d{{1,3}}(?:\s?[-\u2013]\s?\d{{1,3}})?"
_NUMBERED = (
    r"\bnos?(?:\.|\s?#)\s?\d+"
    r"|\b(?:cf|room|rm|suite|ste|apt|box|can|canon|ccc|ages?|grades?|#)\b\.?\s?#?\d+(?:\s?[-\u2013]\s?\d+)?"
)
_ZIP = r"\b\d{5}(?:-\d{4})?\b"

NOISE = "|".join((*_ADDRESS, *_PHONE, *_AMOUNT, _SCRIPTURE, _NUMBERED, _ZIP))
