"""Churches and chapels by name: of a saint or a mystery, of what the building is, or simply `the main church`.

Unlike the other words of schedules, names are told by their capitals: the expression is matched with regard to case.
A text all in capitals is read as it would stand among small letters.
"""

from __future__ import annotations

import re

from vitality_lib.schedules.lexicon.capitals import as_written_small
from vitality_lib.schedules.lexicon.pattern import any_of

# Words with a capital that begin the next part of a schedule and end a name.
_NO_NAME = any_of(
    "(?i:{})".format(
        any_of(
            r"(?:sun|mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur)(?:days?)?\b",
            "domingo", "lunes", "martes", "mi[eé]rcoles", "jueves", "viernes", "s[aá]bado",
            r"mass\b", r"masses\b", r"misas?\b", "confes", "ador", "reconcil", "rosary", r"devotions?\b",
            r"novenas?\b", r"chaplet\b", "litany", r"liturg(?:y|ies)\b", r"qurbana", r"hours\b", r"hour\b",
            "stations", "benediction",
            "exposition", "vigil", "daily", "weekday", "weekend", "schedule", r"times\b", "holy day", "holy hour",
            "spanish", "english", "vietnamese", "polish", "bilingual", "bulletin", "office", "catholic mass",
            r"noon\b", r"(?:first|second|third|fourth|last)\b(?= \w+day)",
        )
    ),
    *(rf"(?:{word}|{word.upper()})\b" for word in (
        "The", "At", "On", "In", "All", "If", "Is", "For", "To", "No", "As", "And", "Or", "This", "That", "We",
        "They",
        "Please", "Each", "Every", "Also", "From", "Book", "Our Parish", "Our(?! Lady| LADY)",
    )),
)  # fmt: skip
_WORD = rf"(?!{_NO_NAME})[A-Z][\w\u2019'\u00c0-\u024f.-]*"
_SMALL_WORD = any_of("of", "the", "de", "la", "del", "las", "los", r"and(?=\s[A-Z])", r"&(?=\s(?:St\b|Saint|Our|Holy))")
_NAME = rf"(?:\s(?:{_WORD}|{_SMALL_WORD}))"

# `Holy Family` is a name, `Holy Hour` is none; `Blessed Sacrament` only when a building follows.
_HOLY = (
    r"(?i:Holy)(?=\s(?!(?i:hours?|days?|mass|week|thurs|sat|comm|euch|qurb|father|orders|land|see|eve"
    r"|(?:rosary|mystery|mysteries)\b(?! (?:church|parish|chapel))|repent|penance|anoint|sacr)))"
)
_BLESSED = r"(?i:Blessed)(?=\s(?!(?i:sacrament\b(?! (?:church|chapel|parish))|be|are|mother teresa)))"
_BEFORE_A_NAME = any_of(
    r"Sts?\.?", r"Ss\.", r"SS\.", r"STS?\.?", "Saints?", "SAINTS?", "San", "Santa", "Santo", "SAN", "SANTA",
    "Our Lady", "OUR LADY", r"N(?:uestra|tra\.?)\sS(?:eñora|ra\.?)", "Sagrada", "Immaculate", "IMMACULATE",
    "Christ the", "CHRIST THE", _BLESSED, "Mother of", "Queen of", "MOTHER OF", "QUEEN OF", _HOLY,
)  # fmt: skip
_WHOLE_NAME = any_of(
    "Sacred Heart", "SACRED HEART", "Sagrado Coraz[oó]n", "Corpus Christi", "CORPUS CHRISTI", "Good Shepherd",
    "GOOD SHEPHERD", r"(?<!the )(?<!Feast of )(?:Assumption|Annunciation|Ascension|Epiphany|Nativity)",
    "Visitation Church", "Sweetest Heart of Mary", "Prince of Peace", r"(?:Most )?Precious Blood(?! of)", "Cristo Rey",
    "Guardian Angels?", "Little Flower", "Star of the Sea", "Gate of Heaven", r"Mary,? Queen(?! of)",
    "Notre Dame", "Transfiguration",
)  # fmt: skip
_NAMED = any_of(
    rf"\b{_BEFORE_A_NAME}{_NAME}{{1,6}}",
    rf"\b(?:Sts?|Ss|STS?)\.{_WORD}{_NAME}{{0,6}}",  # St.Joseph's Church
    rf"\b{_WHOLE_NAME}\b{_NAME}{{0,6}}",
)
_BUILDINGS = (
    "Church", "Chapel", "Cathedral", "Basilica", "Shrine", "Oratory", "Mission", "Parish", "Campus", "Center",
    "Centre",
    "Academy", "Convent", "Hospital", "Monastery", "Seminary", "Priory", "Abbey", "Hall", "Gymnasium", "Capilla",
    "Iglesia", "Catedral", "Templo", "Nursing Home", "Retirement Home", "Manor",
)  # fmt: skip
_HAS_BUILDING = re.compile(rf"\b{any_of(*_BUILDINGS)}\b", re.I)
_BUILDING = any_of(*_BUILDINGS, *(word.upper() for word in _BUILDINGS))
_ANY_PLACE = any_of(
    "church",
    "chapel",
    "cathedral",
    "capilla",
    "iglesia",
    "catedral",
    "templo(?: parroquial)?",
    "basilica",
    "crypt",
    "cripta",
    "gym(?:nasium)?",
    "(?:parish|school|church|social) (?:hall|gym(?:nasium)?|building|center|cent(?:er|re))",
    "school building",
    "cafeteria",
    "rectory",
    "convent",
)
_WHICH = any_of(
    "main",
    "side",
    "day",
    "daily",
    "adoration",
    "parish",
    "lower",
    "upper",
    "old",
    "new",
    "school",
    "eucharistic",
    "rectory",
    "convent",
    "weekday",
    "small",
    "large",
    "hospital",
    "blessed sacrament",
    "reconciliation",
)
# What stands before or behind a saint who is prayed to, and whose church is not meant.
_PRAYED_TO = re.compile(
    r"(?:novena|devotions?|prayers?|litany|chaplet|consecration|rosary|veneration|hymn|coronilla|feast|solemnity"
    r"|memorial|fiesta|statue|honou?r|intercession|medal)\s(?:to|of|a|de|in honou?r of)\s(?:the\s|la\s)?$",
    re.I,
)
_OF_A_SAINT = re.compile(
    r"['\u2019s]{0,2}\s(?:(?:perpetual|weekly)\s)?(?:novena|devotion|chaplet|litany|medal|feast|society|guild|relic|mass(?:es)?\b(?!\s(?:times|schedule)))",
    re.I,
)

_TOLD_BY_CAPITALS = any_of(
    _NAMED,
    rf"\b(?!(?:The|Roman|Catholic|Parish|Pastoral|Youth)\b)(?:{_WORD}\s){{1,4}}{_BUILDING}\b",
    rf"\b(?:Capilla|Iglesia|Catedral|Templo|Church|Chapel)\s(?:de(?:l| la)?\s|of\s(?:the\s)?)?{_NAMED}",
    rf"\b(?:Capilla|Iglesia|Catedral|Templo|Church|Chapel)(?:\s(?:del?|de la|of|of the))?{_NAME}{{1,5}}",
    rf"(?<=@\s){_WORD}{_NAME}{{0,4}}",
)
CHURCH = re.compile(
    r"\b(?=\w)(?:(?i:(?:perpetual |eucharistic |blessed sacrament )?adoration chapel|capilla de (?:la )?adoraci[oó]n)\b"
    rf"|(?=[A-Z]){_TOLD_BY_CAPITALS}"
    rf"|(?i:(?:inside|in|en)\s(?:the\s|el\s|la\s)?(?:{_WHICH}\s)?{_ANY_PLACE}|{_WHICH}\s(?:church|chapel))\b)"
)


def churches_in(text: str) -> list[tuple[int, int]]:
    """Where a text names churches; `Novena to St. Fictus` and `St. Fictus Novena` name none."""
    found = []
    text = as_written_small(text)
    for match in CHURCH.finditer(text):
        start, end = match.span()
        saint = text[start].isupper() and not _HAS_BUILDING.search(match[0])
        if not saint or not (_PRAYED_TO.search(text[max(start - 40, 0) : start]) or _OF_A_SAINT.match(text, end)):
            found.append((start, end))
    return found


def trimmed(name: str) -> str:
    """A name without the small words and marks that hang on its end."""
    return re.sub(r"(?:\s(?:of|the|de|la|del|las|los|and))+$", "", name).rstrip(" .,-:")


def without_town(name: str) -> str:
    """`Holy Lamp (Mill Town)`, `Holy Lamp, Mill Town` and `Holy Lamp - Mill Town` without the town."""
    return re.split(r"\s*[(,]|\s-\s", name)[0] or name


def church_name(text: str) -> str:
    """A church as the page names it, without the preposition before it; one apostrophe stands for all its forms."""
    return re.sub(r"^(?:in|at|en)\s+(?:the\s|el\s|la\s)?", "", text, flags=re.I).replace("\u2019", "'")
