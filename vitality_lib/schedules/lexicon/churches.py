"""Churches and chapels by name: of a saint or a mystery, of what the building is, or simply `the main church`."""

from __future__ import annotations

import re

from vitality_lib.schedules.lexicon.pattern import any_of

# `Holy Family` is a name, `Holy Hour` is none; `Blessed Sacrament` only when a building follows.
_HOLY = (
    "Holy"
    r"(?=\s(?!Hours?|Days?|Mass|Week|Thurs|Sat|Comm|Euch|Qurb|Father|Orders|Land|See"
    r"|Rosary\b(?! (?:Church|Parish|Chapel))|Eve))"
)
_BLESSED = r"Blessed(?=\s(?!Sacrament\b(?! (?:Church|Chapel|Parish))|[Bb]e|[Aa]re|Mother Teresa))"
_SAINT = any_of(
    r"St\.?", r"Sts\.", r"Ss\.", r"SS\.", "Saints?", "San", "Santa", "Santo", "Our Lady", "Nuestra Señora",
    "Sacred Heart", "Sagrado Coraz[oó]n", _HOLY, "Immaculate", "Corpus Christi", "Christ the", _BLESSED, "Mother of",
    "Queen of", "Good Shepherd", "Assumption", "Annunciation", "Ascension", "Epiphany", "Nativity",
    "Visitation Church", "Transfiguration",
)  # fmt: skip
_NOT_A_NAME = r"(?!{})".format(
    any_of(
        "(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day", "Mass", "Misa", "Confes", "Ador", "Reconcil", "Daily", "Weekday",
        "Weekend", "Vigil", "Schedule", "Times", "Holy Day", "Spanish", "English", "Rosary", "Domingo", "Lunes",
        "Viernes", "S[aá]bado", "This", "That", "We", "They", r"The\b", r"At\b", r"On\b", r"In\b", r"All\b", "Please",
        "Each", "Every", r"Our\b(?! Lady)", r"If\b", r"Is\b", r"For\b", r"To\b", r"No\b", r"As\b", r"And\b", r"Or\b",
        "Also", "From", "Our Parish", "Bulletin", "Office", "Book", "Catholic Mass",
    )
)  # fmt: skip
_SMALL_WORDS = ("of", "the", "de", "la", "del", "las", "los", r"and(?=\s[A-Z])", r"&(?=\s(?:St\b|Saint|Our|Holy))")
_WORD = r"[A-Z][\w.\u2019'\u00c0-\u024f-]*"
_NAME = rf"(?:\s{_NOT_A_NAME}{any_of(_WORD, *_SMALL_WORDS)})"
_BUILDING = any_of(
    "Church", "Chapel", "Cathedral", "Basilica", "Shrine", "Oratory", "Mission", "Parish", "Campus", "Center", "Centre",
    "Academy", "Convent", "Hospital", "Capilla", "Iglesia", "Catedral",
)  # fmt: skip

CHURCH = re.compile(
    "|".join(
        (
            r"\b(?:[Pp]erpetual |[Ee]ucharistic |[Bb]lessed [Ss]acrament )?[Aa]doration [Cc]hapel\b",
            r"\bcapilla de (?:la )?[Aa]doraci[oó]n\b",
            rf"{_SAINT}{_NAME}{{0,6}}",
            rf"\b(?:{_NOT_A_NAME}[A-Z][\w\u2019'\u00c0-\u024f.-]+\s){{1,4}}{_BUILDING}\b",
            rf"\b(?:Capilla|Iglesia|Catedral|Church|Chapel)\s(?:de(?:l| la)?\s|of\s(?:the\s)?)?{_SAINT}?{_NAME}{{1,5}}",
            r"\b(?:inside|in|en)\s(?:the\s|el\s|la\s)?(?:main\s|day\s|daily\s|adoration\s|parish\s)?"
            r"(?:church|chapel|cathedral|capilla|iglesia|catedral)\b",
        )
    )
)


def trimmed(name: str) -> str:
    """A name without the small words and marks that hang on its end."""
    return re.sub(r"(?:\s(?:of|the|de|la|del|las|los|and))+$", "", name).rstrip(" .,-:")


def church_name(text: str) -> str:
    """A church as the page names it, without the preposition before it."""
    return re.sub(r"^(?:in|at|en)\s+(?:the\s|el\s|la\s)?", "", text, flags=re.I)
