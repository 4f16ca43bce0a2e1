"""Days: of the week, holy days of obligation, and which of them in a month."""

from __future__ import annotations

import re

from vitality_lib.models import Day
from vitality_lib.schedules.lexicon.pattern import any_of, words

WEEKDAYS = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR)
WEEK = (Day.SU, Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA)

_EVES = words(
    r"eves? of (?:an? |the |all )?holy\s?-?days?(?: of obligation)?",
    "v[ií]speras? de (?:los? )?(?:(?:d[ií]as? )?festivos?|d[ií]as? (?:santos?|de precepto|de guardar))",
    "v[ií]speras? de (?:las )?fiestas de precepto",
)
_FIRST_FRIDAY = "(?:a |the |each |every |all )?(?:first|1st) fridays?"
_BEFORE_FIRST_FRIDAY = words(rf"eves? of {_FIRST_FRIDAY}", rf"thursdays? (?:before|preceding|prior to) {_FIRST_FRIDAY}")
_HOLY_DAYS = words(
    r"holy\s?-?days?(?: of obligation)?", "(?:holi)?days? of obligation", "feast days", "(?:d[ií]as? )?festivos",
    "d[ií]a festivo",
    "d[ií]as? (?:de (?:obligaci[oó]n|guardar|precepto)|santos? de (?:obligaci[oó]n|precepto))",
    "fiestas? de (?:precepto|guardar)",
)  # fmt: skip
_MONTH = r"(?:month|mes)\b"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH_DAYS = "|".join(
    (
        rf"\b(?:d[ií]as?\s)?{_NTH}(?:\s?(?:,|and|&|y)\s?(?:the\s|el\s)?{_NTH}){{0,3}}"
        rf"\s(?:day\s)?(?:of\s(?:each|every|the)|de\scada|del)\s{_MONTH}",
        rf"\blast day of (?:each|every|the) {_MONTH}",
        rf"\b[uú]ltimo d[ií]a (?:de cada|del) {_MONTH}",
    )
)
_WEEKENDS = r"\bweekends?\b(?=\s(?:of|in)\s(?:the|each|every)\b)"
_EVERY_DAY = words(
    "every ?day", "daily", "7 days a week", "seven days a week", "todos los d[ií]as", "cada d[ií]a", "diari[ao]s?",
    "diariamente", "each day", "all days",
)  # fmt: skip
_WEEKDAYS = words(
    "week ?-?days?", "entre semana", "d[ií]as de (?:la )?semana", "weekly masses",
    "(?:d[ií]as )?laborables", "dias [uú]teis",
)  # fmt: skip
_ENGLISH = words(
    "sundays?", "mondays?", "tuesdays?", "wednesdays?", "thursdays?", "fridays?", "saturdays?"
) + r"(?:['\u2019]s)?"  # fmt: skip
_SHORT = words("sun", "mon", "tues?", "weds?", "thurs?", "thur?", "fri", "sat") + r"\.?"
_SHORT_SPANISH = words("lun", "mi[eé]", "jue", "vie", "s[aá]b", "dom") + r"\.?|\bmar\b\.?(?=\s?[-\u2013,&/:y]|\s\d)"
_SPANISH = words(
    "domingos?", "lunes", "martes", "mi[eé]rcoles", "jueves", "viernes", "s[aá]bados?", "dominical(?:es)?", "sabatinas?"
)
_PORTUGUESE = "(?:segunda|ter[cç]a|quarta|quinta|sexta)"  # by themselves ordinals in Spanish
_OTHER_LANGUAGES = "|".join(
    (
        rf"\b{_PORTUGUESE}s?(?:-feiras?\b|(?=(?:,| (?:e|a|[aà]s?)) (?:{_PORTUGUESE}|s[aá]bado|domingo)))",
        rf"(?<=\b[eaà] )(?:{_PORTUGUESE})s?\b(?=\W{{1,3}}(?:d?[aà]s )?\d)",
        rf"^{_PORTUGUESE}s?\b(?=\s?:\s?(?:d?[aà]s )?\d)",
        r"\bs[aá]bado\b",
        r"\b(?:dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi)s?\b",
        words("domenica", "luned[iì]", "marted[iì]", "mercoled[iì]", "gioved[iì]", "venerd[iì]", "sabato"),
        r"\bch[uúủ]a nh[aậ]t\b",
    )
)
# Two letters or one are a day only as capitals, in a list (`Tu/Th`, `M, W, F`), a range (`M-F`) or a row (`MWF`).
_LETTER = "(?:M|Tu?|W|Th|R|F|Sa|Su)"
LETTERS = r"(?=[MTWRFS])" + any_of(
    r"\b(?:M|Tu?|W)\s?[-\u2013\u2014]\s?(?:W|Th|F|Sa?t?)\b",
    r"^(?:M|Tu?|W|Th|R|F)\b\.?(?=\s?[:\u2013-]?\s?\d)",
    rf"\b{_LETTER}(?:\s?[,/&]\s?{_LETTER}){{1,5}}\b",
    r"(?<=[;:|,] )(?:M|Tu?|W|Th|R|F|Sa|Su)\b(?=\s?:?\s?\d{1,2}(?::\d\d)?\s?(?:[-\u2013]|[AaPp]\.?[Mm]))",
    r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b\.?(?=\s?[-\u2013,&/:]|\s\d)",
    r"\bM?T?W?(?:Th|R)?F\b(?<=[MTWhR]F)",
    r"\bMTWTh\b|\bTTh\b",
)

DAY = "|".join(
    (
        _MONTH_DAYS,
        _BEFORE_FIRST_FRIDAY,
        _EVES,
        _HOLY_DAYS,
        _EVERY_DAY,
        _WEEKENDS,
        _WEEKDAYS,
        _ENGLISH,
        _SHORT,
        _SHORT_SPANISH,
        _SPANISH,
        _OTHER_LANGUAGES,
        LETTERS,
    )
)
ORDINAL = words(
    r"(?:1st|2nd|3rd|4th|5th|last)(?!\s(?:grade|street|st\b|ave|avenue|century))",
    "first", "second", "third", "fourth", "fifth",
    r"1(?:er|r[oa]|era)\.?", r"2d[oa]\.?", r"3(?:er|r[oa]|era)\.?", r"[45]t[oa]\.?",
    "primer[oa]?s?", "segundos?", "tercer[oa]?s?", "cuartos?", "quintos?", "[uú]ltim[oa]s?",
)  # fmt: skip
ALTERNATE = words(
    "every other(?: weeks?)?", "every (?:2|two) weeks", "every second week", "alternat(?:e|ing)(?: weeks?)?",
    "bi-?weekly", "fortnightly", "cada (?:dos|2) semanas", "cada (?:quince|15) d[ií]as", "quincenal(?:mente)?",
)  # fmt: skip

_READ = tuple(
    (re.compile(pattern, re.I), days)
    for pattern, days in (
        (r"every ?day|daily|7 days|seven|todos|cada|diari|each|all", WEEK),
        (r"weekend", (Day.SA, Day.SU)),
        (r"week|semana|(?:d[ií]as )?labor|dias [uú]t", WEEKDAYS),
        (r"m\s?[-\u2013\u2014]\s?f", WEEKDAYS),
        (r"m\s?[-\u2013\u2014]\s?sa", (*WEEKDAYS, Day.SA)),
        (r"m\s?[-\u2013\u2014]\s?th", WEEKDAYS[:4]),
        (r"su|dom|dim|ch", (Day.SU,)),
        (r"mo|lun|segunda", (Day.MO,)),
        (r"tu|mar|ter", (Day.TU,)),
        (r"we|mi[eé]|merc|quarta", (Day.WE,)),
        (r"th|jue|jeu|gio|quinta", (Day.TH,)),
        (r"fr|vi|ven|sexta", (Day.FR,)),
        (r"sa|s[aá]b", (Day.SA,)),
    )
)
_BY_LETTER = {
    "M": Day.MO, "T": Day.TU, "Tu": Day.TU, "W": Day.WE, "Th": Day.TH, "R": Day.TH, "F": Day.FR, "Sa": Day.SA,
    "Su": Day.SU, "S": Day.SA, "Sat": Day.SA,
}  # fmt: skip
_ONE_LETTER = re.compile("Th|Tu|Sa|Su|[MTWRF]")
_MONDAY_FIRST = (*WEEKDAYS, Day.SA, Day.SU)
_LETTER_RANGE = re.compile(r"(M|Tu?|W)\s?[-\u2013\u2014]\s?(W|Th|F|Sa?t?)")
_ROW = re.compile(rf"{_LETTER}(?:\s?[,/&]?\s?{_LETTER}){{1,6}}")
_DAY_OF_MONTH = re.compile(rf"{_MONTH}$", re.I)
_EVE_OF_FIRST_FRIDAY = re.compile(_BEFORE_FIRST_FRIDAY, re.I)
_EVE = re.compile(r"eve\b|eves\b|v[ií]sp", re.I)
_HOLY = re.compile(r"holy|holiday|feast|festivo|obligat|obligaci|precepto|guardar", re.I)
_ORDINALS = (
    ("1", "first", "prim"),
    ("2", "sec", "seg"),
    ("3", "thi", "ter"),
    ("4", "fou", "cua"),
    ("5", "fif", "qui"),
)


def days_of(word: str) -> tuple[Day, ...]:
    """The days a token names: `weekdays` are Monday to Friday, `daily` is the whole week until a type narrows it."""
    if _EVE.match(word):
        return (Day.TH,) if is_before_first_friday(word) else (Day.HOLYDAY_EVE,)
    if _HOLY.search(word):
        return (Day.HOLYDAY,)
    ends = _LETTER_RANGE.fullmatch(word.strip())
    if ends:
        return _MONDAY_FIRST[_MONDAY_FIRST.index(_BY_LETTER[ends[1]]) : _MONDAY_FIRST.index(_BY_LETTER[ends[2]]) + 1]
    if word.strip(" .") in _BY_LETTER:
        return (_BY_LETTER[word.strip(" .")],)
    if _ROW.fullmatch(word.strip()):
        return tuple(_BY_LETTER[letter] for letter in _ONE_LETTER.findall(word))
    found = next((days for pattern, days in _READ if pattern.match(word.strip())), ())
    return found or (WEEKDAYS if "semana" in word.lower() else ())


def is_before_first_friday(word: str) -> bool:
    """Whether a token names the Thursday before the first Friday: the first, but in a month that begins on a Friday."""
    return bool(_EVE_OF_FIRST_FRIDAY.fullmatch(word))


def month_days_of(word: str) -> tuple[int, ...]:
    """Days of the month that a token names (-1 is the last); empty for one that names weekdays."""
    if not _DAY_OF_MONTH.search(word):
        return ()
    return tuple(day for day in map(int, re.findall(r"\d+", word)) if 1 <= day <= 31) or (-1,)


def ordinal_of(word: str) -> str:
    """`1` to `5`, or `last`."""
    low = word.lower()
    return next((str(number) for number, ways in enumerate(_ORDINALS, 1) if low.startswith(ways)), "last")
