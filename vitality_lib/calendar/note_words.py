"""The note of a service and the name of its church in an English sentence: plain, or in quotation marks, and back.

A note stands plain where it is a relation to other services (the times of which are then told as all others are),
`by appointment` or `perpetual`. Any other stands in quotation marks, as a JSON string: so a slip of the pen is no note.
"""

from __future__ import annotations

import json
import re

from vitality_lib.calendar.season_words import SEASON
from vitality_lib.calendar.spoken import CLOCK, CannotBeSaidError, read_clock, say_clock

# A season that stands where a note would is the service's own.
_CLAUSE = (
    rf"(?:by \w+|perpetual|(?!{SEASON})(?:[\w/. -]{{0,30}}(?i:min|hour|hr|hora)[\w.]* )?"
    r'(?:before and after|before|after|during|between) [^",;]*[^",;\s])'
)
_PLAIN_NOTE = f"{_CLAUSE}(?:; {_CLAUSE})*"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
NOTE = f"(?:{_QUOTED}|{_PLAIN_NOTE})"
NAME = rf'(?:{_QUOTED}$|[^"].*)'
_TIME = re.compile(r"\b(?:((?:before|after|during|between) ))?(\d\d:\d\d)\b")
_SPOKEN_TIME = re.compile(rf"\b(?:((?:before|after|during|between) )the )?({CLOCK})\b")


def say_note(note: str) -> str:
    """`after the 8:00 AM Mass` for `after 08:00 Mass`."""
    words = _TIME.sub(_say_time, note)
    plain = re.fullmatch(_PLAIN_NOTE, words) and note.isprintable() and read_note(words) == note
    return words if plain else _quoted(note)


def read_note(words: str) -> str:
    """The note behind what `say_note` gave. Raises ValueError for quotation marks that hold no JSON string."""
    if words.startswith('"'):
        return str(json.loads(words))
    return _SPOKEN_TIME.sub(lambda match: f"{match[1] or ''}{read_clock(match[2])}", words)


def say_name(name: str) -> str:
    """A name as it is; in quotation marks where it begins with one or does not fit in a line."""
    fits = name.isprintable() and name == name.strip() and not name.startswith('"')
    return name if fits else _quoted(name)


def read_name(words: str) -> str:
    """The name behind what `say_name` gave. Raises ValueError for quotation marks that hold no JSON string."""
    return str(json.loads(words)) if words.startswith('"') else words


def _say_time(match: re.Match[str]) -> str:
    try:
        clock = say_clock(match[2])
    except CannotBeSaidError:
        return match[0]
    return f"{match[1]}the {clock}" if match[1] else clock


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())
