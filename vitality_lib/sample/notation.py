"""How pages write what the country's data says: days, times, languages, in English and Spanish.

These are filters of the templates. A style is named after what it looks like.
"""

from __future__ import annotations

from collections.abc import Sequence

from vitality_lib.models import Day
from vitality_lib.sample.country import Line

_WEEK = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR, Day.SA, Day.SU)
_LONG = {
    "en": dict(zip(_WEEK, ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], strict=True))
    | {Day.HOLYDAY: "Holy Day of Obligation", Day.HOLYDAY_EVE: "Holy Day Vigil"},
    "es": dict(zip(_WEEK, ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"], strict=True))
    | {Day.HOLYDAY: "día de precepto", Day.HOLYDAY_EVE: "vigilia de precepto"},
}
_PLURALS = {
    "Holy Day of Obligation": "Holy Days of Obligation",
    "Holy Day Vigil": "Holy Day Vigils",
    "sábado": "sábados",
    "domingo": "domingos",
    "día de precepto": "días de precepto",
}
_HOLY_DAYS = {Day.HOLYDAY: "Holy Days", Day.HOLYDAY_EVE: "Holy Day Vigil"}
_SHORT = dict(zip(_WEEK, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], strict=True)) | _HOLY_DAYS
_DOTTED = dict(zip(_WEEK, ["Mon.", "Tues.", "Wed.", "Thurs.", "Fri.", "Sat.", "Sun."], strict=True)) | _HOLY_DAYS
_THROUGH = {"en": " through ", "es": " a "}
_AND = {"en": " and ", "es": " y "}
_ORDINALS = {
    "en": {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth", "last": "Last"},
    "es": {"1": "primer", "2": "segundo", "3": "tercer", "4": "cuarto", "5": "quinto", "last": "último"},
}
_LANGUAGES = {
    "en": {"en": "English", "es": "Spanish", "la": "Latin", "pl": "Polish", "vi": "Vietnamese", "tl": "Tagalog",
           "pt": "Portuguese", "en/es": "Bilingual"},
    "es": {"en": "inglés", "es": "español", "la": "latín", "pl": "polaco", "vi": "vietnamita", "en/es": "bilingüe"},
}  # fmt: skip
_HEADLINES = {
    "mass": "Mass",
    "confession": "Confession",
    "adoration": "Eucharistic Adoration",
    "other_devotion": "Rosary",
}


def days(line: Line, style: str = "long", language: str = "en") -> str:
    """`Monday through Friday`; `plural`: `Sundays`, `Weekdays`; `short`: `Mon-Fri`; `dotted`: `Tues. & Thurs.`.

    With ordinals: `First Friday`, in any style.
    """
    if line.ordinals:
        which = " & ".join(_ORDINALS[language][one] for one in line.ordinals)
        return f"{which} {_names(line.days, 'plural' if style == 'plural' else 'long', language)}"
    if style == "plural" and language == "en" and line.days == _WEEK[:5]:
        return "Weekdays"
    if line.days == _WEEK:
        return "Daily" if language == "en" else "Todos los días"
    return _names(line.days, style, language)


def all_but(line: Line) -> str:
    """Days with a gap among them as the whole row and its exceptions: `Monday through Friday except Wednesday`."""
    row = _WEEK[_WEEK.index(line.days[0]) : _WEEK.index(line.days[-1]) + 1]
    left_out = [day for day in row if day not in line.days]
    return _names(row, "long", "en") + (f" except {_names(left_out, 'long', 'en')}" if left_out else "")


def hours(line: Line, style: str = "8:00 AM", between: str = ", ", last: str | None = None) -> str:
    """The starts of a line, parted by `between` (and `last` before the last), or from its start to its end."""
    if line.end and line.starts:
        dash = " to " if style == "8:00 a.m." else " - "
        return f"{clock(line.starts[0], style)}{dash}{clock(line.end, style)}"
    return _list([clock(start, style) for start in line.starts], between, between if last is None else last)


def brief(line: Line, style: str = "8 AM", between: str = " & ") -> str:
    """The starts of a line with `AM` or `PM` said once where it is the same for all: `8 & 10:30 AM`."""
    shown = [clock(start, style) for start in line.starts]
    if line.end or len({start < "12:00" for start in line.starts}) != 1:
        return hours(line, style, between)
    bare = [time[:-2].strip() for time in shown[:-1]]
    return between.join([*bare, shown[-1]])


def clock(time: str, style: str = "8:00 AM") -> str:
    """`08:00` as `8:00 AM`, `8:00am`, `8:00 a.m.`, `8 AM` or `8am` (the last two without `:00`)."""
    hour, half = int(time[:2]), "am" if time < "12:00" else "pm"
    bare = f"{(hour - 1) % 12 + 1}:{time[3:]}"
    if not style.startswith("8:00"):
        bare = bare.removesuffix(":00")
    if style == "8:00 a.m.":
        return "12 noon" if time == "12:00" else f"{bare} {half[0]}.m."
    return f"{bare} {half.upper()}" if style.endswith("AM") else f"{bare}{half}"


def tongue(line: Line, language: str = "en") -> str:
    """The name of a line's language in the language of the page."""
    return _LANGUAGES[language][line.language]


def remark(line: Line, usual: str = "en") -> str:
    """` (Spanish)` for a line in another language than the page's usual one, else nothing."""
    return f" ({tongue(line, usual)})" if line.language != usual else ""


def kind(line: Line) -> str:
    """`Mass`, `Confession` ..."""
    return _HEADLINES[line.type.value]


FILTERS = {filter_.__name__: filter_ for filter_ in (days, all_but, hours, brief, clock, tongue, remark, kind)}


def _names(days: Sequence[Day], style: str, language: str) -> str:
    known = {"short": _SHORT, "dotted": _DOTTED}.get(style, _LONG[language])
    names = [known[day] for day in days]
    places = [_WEEK.index(day) for day in days if day in _WEEK]
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        joint = {"short": "-", "dotted": " – "}.get(style, _THROUGH[language])
        return f"{names[0]}{joint}{names[-1]}"
    if style == "plural":
        names = [_PLURALS.get(name, name if name.endswith("s") else f"{name}s") for name in names]
    return _list(names, ", ", " & " if known is not _LONG[language] else _AND[language])


def _list(words: Sequence[str], between: str, last: str) -> str:
    return between.join(words[:-1]) + last + words[-1] if len(words) > 1 else words[0]
