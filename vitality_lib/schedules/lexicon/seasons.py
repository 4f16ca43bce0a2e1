"""Seasons a service is held in, and feasts of one or a few days, which are no seasons but may begin or end one."""

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
    r"mother[\u2019']s day", r"father[\u2019']s day", "independence day", "pentecost(?: sunday)?", "pentecost[eé]s",
    "columbus day", "(?:public|bank|federal|national|civil|legal) holidays?", "feriados?",
    "divine mercy sunday", "epiphany",
    "daylight savings?(?: time)?", "(?<!eastern )(?<!central )(?<!mountain )(?<!pacific )standard time",
)  # fmt: skip

_FEASTS = re.compile(
    r"holy (?:week|thursday|saturday)|semana santa|triduum|good friday|easter|palm sunday|ash wed|christmas|navidad"
    r"|thanksg|new year|santo|pascua|ceniza|ramos|assumption|all s|immaculate|mother|father|independence"
    r"|pentecost|columbus|divine|epiph|feriado"
    r"|(?:public|bank|federal|national|civil|legal) holi"
)
_SEASONS = (
    (("lent", "cuar"), "lent"),
    (("adv",), "advent"),
    (("summer", "verano", "memorial"), "summer"),
    (("winter", "inv", "labor"), "winter"),
    (("easter",), "easter"),
    (("daylight",), "daylight_saving_time"),
    (("standard",), "standard_time"),
)


_FEAST_NAMES = (
    ("memorial", "memorial_day"), ("labor", "labor_day"), ("holy thu", "holy_thursday"), ("jueves", "holy_thursday"),
    ("good", "good_friday"), ("viernes", "good_friday"), ("holy sat", "holy_saturday"),
    ("easter vigil", "holy_saturday"), ("easter mon", "easter_monday"), ("easter", "easter"), ("pascua", "easter"),
    ("palm", "palm_sunday"), ("domingo", "palm_sunday"), ("ash", "ash_wednesday"), ("mi", "ash_wednesday"),
    ("christmas eve", "christmas_eve"), ("christmas", "christmas"), ("navidad", "christmas"),
    ("thanks", "thanksgiving"), ("assum", "assumption"), ("all sa", "all_saints"), ("all so", "all_souls"),
    ("immac", "immaculate_conception"), ("mother", "mothers_day"), ("father", "fathers_day"),
    ("indep", "independence_day"), ("pente", "pentecost"), ("columbus", "columbus_day"), ("divine", "divine_mercy"),
    ("epiph", "epiphany"),
)  # fmt: skip


def feast_of(word: str) -> str | None:
    """The feast or civil day a token names, as the end of a stretch of the year; None for a season."""
    low = word.lower()
    if "season" in low:
        return None
    if low.startswith("new year"):
        return "new_years_eve" if low.endswith("eve") else "new_years_day"
    return next((name for starts, name in _FEAST_NAMES if low.startswith(starts)), None)


def season_of(word: str) -> str | None:
    """The season a token names, in the records' words; None when it is a feast of one or a few days."""
    low = word.lower()
    if _FEASTS.match(low) and "season" not in low:
        return None
    return next((season for starts, season in _SEASONS if low.startswith(starts)), "academic_year")
