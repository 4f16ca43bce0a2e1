"""Seasons a service is held in, and feasts of one or a few days, which are no seasons."""

from __future__ import annotations

import re

from vitality_lib.schedules.lexicon.pattern import words

SEASON = words(
    "lent(?:en)?", "cuaresma", "advent", "adviento", "summer(?:time)?", "verano", "winter", "invierno", "school year",
    "academic year", "when school is in session", "easter season", "memorial day(?: weekend)?",
    "labor day(?: weekend)?", "holy week", "semana santa", "triduum", "holy thursday", "good friday", "holy saturday",
    "easter(?: sunday| vigil| monday)?", "palm sunday", "ash wednesday", "christmas(?: eve| day)?", "navidad",
    r"thanksgiving(?: day)?", r"new year[\u2019']?s?(?: eve| day)?", "jueves santo", "viernes santo", "pascua",
    "mi[eé]rcoles de ceniza", "domingo de ramos", "assumption", "all saints", "all souls", "immaculate conception day",
    r"mother[\u2019']s day", r"father[\u2019']s day", "independence day",
)  # fmt: skip

_FEASTS = re.compile(
    r"holy (?:week|thursday|saturday)|semana santa|triduum|good friday|easter|palm sunday|ash wed|christmas|navidad"
    r"|thanksg|new year|santo|pascua|ceniza|ramos|assumption|all s|immaculate|mother|father|independence"
)
_SEASONS = (
    (("lent", "cuar"), "lent"),
    (("adv",), "advent"),
    (("summer", "verano", "memorial"), "summer"),
    (("winter", "inv", "labor"), "winter"),
    (("easter",), "easter"),
)


def season_of(word: str) -> str | None:
    """The season a token names, in the records' words; None when it is a feast of one or a few days."""
    low = word.lower()
    if _FEASTS.match(low) and "season" not in low:
        return None
    return next((season for starts, season in _SEASONS if low.startswith(starts)), "academic_year")
