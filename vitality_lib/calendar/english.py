"""A service said in plain English, in one line that `understand` reads back.

    Mass, Sundays at 8:00 AM in Spanish, also streamed, at Holy Lamp Chapel
    Adoration, Thursdays from 9:00 AM to Friday 8:00 AM, except holy days
    Confession, Saturdays, half an hour before the 5:00 PM Mass

The parts stand in one order: type, days, times, language and season; then, each after a comma, the week that is counted
from, the first and last day, exceptions, the note, the stream, and last the church, whose name may so hold anything.
A note stands in quotation marks, as a JSON string, unless it is a relation to other services, `by appointment` or
`perpetual`: a slip of the pen is then no note. Days are a set: the week is told from Monday on.
"""

from __future__ import annotations

import json
import re

from vitality_lib.calendar.season_words import SEASON, say_season
from vitality_lib.calendar.spoken import (
    CLOCK,
    HOLY_DAYS,
    LANGUAGES,
    ORDINALS,
    TYPES,
    WEEK,
    WEEKS,
    CannotBeSaidError,
    looked_up,
    read_clock,
    say_clock,
    say_date,
    say_list,
    say_nth,
)
from vitality_lib.models import Day, Recurrence, Service

__all__ = ["CannotBeSaidError", "say"]

# A season that stands where a note would is the service's own.
_CLAUSE = (
    rf"(?:by \w+|perpetual|(?!{SEASON})(?:[\w/. -]{{0,30}}(?:min|hour|hr|hora)[\w.]* )?"
    r'(?:before and after|before|after|during|between) [^",;]*[^",;\s])'
)
NOTE = rf"{_CLAUSE}(?:; {_CLAUSE})*"
_EXCEPTION = re.compile(r"([1-5]|last)?(MO|TU|WE|TH|FR|SA|SU)")
_OTHERS_TIME = re.compile(r"\b(?:((?:before|after|during|between) ))?(\d\d:\d\d)\b")
_OTHERS_CLOCK = re.compile(rf"\b(?:((?:before|after|during|between) )the )?({CLOCK})\b")


def say(service: Service) -> str:
    """A service in one line, such as `Mass, Sundays at 8:00 AM in Spanish, at Holy Cross Chapel`.

    Raises CannotBeSaidError for a service that says neither when nor on what condition it takes place, and for a rule
    whose parts mean nothing or have no meaning together.
    """
    when = service.recurrence
    if not when.says_when and not service.note:
        raise CannotBeSaidError(f"a {service.type} without days and without a note")
    pieces = (_days(when), _times(service), _language(service.language), say_season(when.season) if when.season else "")
    parts = (
        f"{TYPES[service.type]}{' (vigil)' if service.vigil else ''}",
        " ".join(piece for piece in pieces if piece),
        _counted(when),
        _in_force(when),
        f"except {' and '.join(_exceptions(when))}" if when.exceptions else "",
        _note(service.note) if service.note else "",
        "also streamed" if service.streamed else "",
        f"at {_plain(service.church)}" if service.church else "",
    )
    return ", ".join(part for part in parts if part)


def read_note(words: str) -> str:
    """The note behind the words that stand for it: the times of other services on the 24 h clock again."""
    if words.startswith('"'):
        return str(json.loads(words))
    return _OTHERS_CLOCK.sub(lambda match: f"{match[1] or ''}{read_clock(match[2])}", words)


def _days(when: Recurrence) -> str:
    own = [day for day in WEEK if day in when.days]
    holy = [HOLY_DAYS[day] for day in HOLY_DAYS if day in when.days]
    if when.month_days:
        rule = [f"on the {say_list(map(say_nth, when.month_days))} of the month"]
        rule[0] += f" if a {say_list((WEEK[day] for day in own), 'or')}" if own else ""
    elif when.ordinals and own:
        which = say_list(looked_up(ORDINALS, one, "week of the month") for one in when.ordinals)
        rule = [f"on the {which} {say_list(WEEK[day] for day in own)} of the month"]
    elif when.weeks != 1 and own:
        rule = [_every_few_weeks(own, looked_up(WEEKS, when.weeks, "number of weeks"))]
    else:
        rule = _weekdays(own)
    by_the_month = bool(when.month_days or when.ordinals)
    if (when.weeks != 1 and (by_the_month or not own)) or (when.ordinals and (when.month_days or not own)):
        raise CannotBeSaidError(f"weeks that are counted, of {when.record()}")
    return say_list([*rule, *holy]) if rule or holy else ""


def _every_few_weeks(days: list[Day], which: str) -> str:
    if len(days) == 1 and which == "other":
        return f"every other {WEEK[days[0]]}"
    return f"{say_list(_weekdays(days))} of every {which} week"


def _weekdays(days: list[Day]) -> list[str]:
    """Three days or more in a row are a range; the whole week is every day."""
    if len(days) == len(WEEK):
        return ["every day"]
    places = [list(WEEK).index(day) for day in days]
    if len(days) > 2 and places[-1] - places[0] == len(days) - 1:
        return [f"{WEEK[days[0]]} to {WEEK[days[-1]]}"]
    return [f"{WEEK[day]}s" for day in days]


def _times(service: Service) -> str:
    if (service.start, service.end, service.nights) == ("00:00", "24:00", 0):
        return "around the clock"
    if not service.end:
        if service.nights:
            raise CannotBeSaidError("nights without an end")
        return f"at {say_clock(service.start)}" if service.start else ""
    end = _end(service)
    return f"from {say_clock(service.start)} to {end}" if service.start else f"until {end}"


def _end(service: Service) -> str:
    """`8:00 AM`, `Friday 8:00 AM`, `8:00 AM the next day`. Midnight is the end of a day, not its beginning."""
    nights, end = service.nights, service.end or ""
    if end == "00:00":
        nights, end = max(nights - 1, 0), "24:00"
    clock = "midnight" if end == "24:00" else say_clock(end)
    if nights == 0:
        return clock
    days = service.recurrence.days
    if len(days) == 1 and days[0] in WEEK and 0 < nights < len(WEEK):
        names = list(WEEK.values())
        return f"{names[(list(WEEK).index(days[0]) + nights) % len(names)]} {clock}"
    if nights < 0:
        raise CannotBeSaidError(f"an end {-nights} days before its start")
    return f"{clock} {'the next day' if nights == 1 else f'{nights} days later'}"


def _language(code: str) -> str:
    """English goes without saying. A language that has no name here is said by its code."""
    return "" if code == "en" else "in " + say_list(_language_name(one) for one in code.split("/"))


def _language_name(code: str) -> str:
    if code not in LANGUAGES and not re.fullmatch("[a-z]{2,3}", code):
        raise CannotBeSaidError(f"no such language: {code}")
    return LANGUAGES.get(code, code)


def _counted(when: Recurrence) -> str:
    """An anchor means nothing where no week is left out."""
    return f"counted from the week of {say_date(when.anchor)}" if when.anchor and when.weeks != 1 else ""


def _in_force(when: Recurrence) -> str:
    if when.begins and when.ends:
        return f"from {say_date(when.begins)} to {say_date(when.ends)}"
    if when.begins:
        return f"from {say_date(when.begins)} on"
    return f"until {say_date(when.ends)}" if when.ends else ""


def _exceptions(when: Recurrence) -> list[str]:
    """Seasons joined by `+` are an exception each."""
    return [_exception(one) for given in when.exceptions for one in given.split("+")]


def _exception(one: str) -> str:
    if one in HOLY_DAYS:
        return HOLY_DAYS[Day(one)]
    if match := _EXCEPTION.fullmatch(one):
        weekday = WEEK[Day(match[2])]
        return f"the {ORDINALS[match[1]]} {weekday} of the month" if match[1] else f"{weekday}s"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", one):
        return f"on {say_date(one)}"
    return say_season(one)


def _note(note: str) -> str:
    words = _OTHERS_TIME.sub(_others_time, note)
    plain = re.fullmatch(NOTE, words) and note.isprintable() and read_note(words) == note
    return words if plain else _quoted(note)


def _others_time(match: re.Match[str]) -> str:
    try:
        clock = say_clock(match[2])
    except CannotBeSaidError:
        return match[0]
    return f"{match[1]}the {clock}" if match[1] else clock


def _plain(text: str) -> str:
    """A text as it is; in quotation marks where it begins with one or does not fit in a line."""
    fits = text.isprintable() and text == text.strip() and not text.startswith('"')
    return text if fits else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())
