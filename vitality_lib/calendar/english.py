"""A service said in plain English, in one line that `understand` reads back.

    Mass, Sundays at 8:00 AM in Spanish, also streamed, at Holy Lamp Chapel
    Adoration, Thursdays from 9:00 AM to Friday 8:00 AM, except holy days
    Confession, Saturdays, half an hour before the 5:00 PM Mass

The parts stand in one order: type, days, times, language and season; then, each after a comma, the week that is counted
from, the first and last day, exceptions, the note, the stream, and last the church, whose name may so hold anything.
Days are a set: the week is told from Monday on.
"""

from __future__ import annotations

from vitality_lib.calendar.day_words import say_days
from vitality_lib.calendar.exception_words import say_exceptions
from vitality_lib.calendar.note_words import say_name, say_note
from vitality_lib.calendar.season_words import say_season
from vitality_lib.calendar.spoken import TYPES, CannotBeSaidError, say_date, say_languages
from vitality_lib.calendar.time_words import say_times
from vitality_lib.models import Recurrence, Service

__all__ = ["CannotBeSaidError", "say"]


def say(service: Service) -> str:
    """A service in one line, such as `Mass, Sundays at 8:00 AM in Spanish, at Holy Cross Chapel`.

    Raises CannotBeSaidError for a service that says neither when nor on what condition it takes place, and for a rule
    whose parts mean nothing or have no meaning together.
    """
    when = service.recurrence
    if not when.says_when and not service.note:
        raise CannotBeSaidError(f"a {service.type} without days and without a note")
    season = say_season(when.season) if when.season else ""
    pieces = (say_days(when), say_times(service), say_languages(service.language), season)
    parts = (
        f"{TYPES[service.type]}{' (vigil)' if service.vigil else ''}",
        " ".join(piece for piece in pieces if piece),
        _counted(when),
        _in_force(when),
        say_exceptions(when.exceptions),
        say_note(service.note) if service.note else "",
        "also streamed" if service.streamed else "",
        f"at {say_name(service.church)}" if service.church else "",
    )
    return ", ".join(part for part in parts if part)


def _counted(when: Recurrence) -> str:
    """An anchor means nothing where no week is left out."""
    return f"counted from the week of {say_date(when.anchor)}" if when.anchor and when.weeks != 1 else ""


def _in_force(when: Recurrence) -> str:
    if when.begins and when.ends:
        return f"from {say_date(when.begins)} to {say_date(when.ends)}"
    if when.begins:
        return f"from {say_date(when.begins)} on"
    return f"until {say_date(when.ends)}" if when.ends else ""
