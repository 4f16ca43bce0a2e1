"""Lines of an iCalendar (RFC 5545, 3.1): escaped, folded at 75 octets, ended by CRLF.

Written here and not with a library: a country has hundreds of thousands of events, and building each as an object takes
a hundred times as long as its text. What is written is read back by libraries in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from vitality_lib.harmless import lines_kept

_MOST = 75  # octets of a line
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_ESCAPED = str.maketrans(_ESCAPES)


def line(name: str, value: str) -> str:
    """A property whose value stands as it is; `name` may have parameters."""
    whole = f"{name}:{value}"
    if len(whole) <= _MOST and whole.isascii():
        return f"{whole}\r\n"
    return f"{_folded(whole)}\r\n"


def text_line(name: str, value: str) -> str:
    """A property of any text. Controls go: RFC 5545 has no place for them, nor for a mark of them."""
    plain = lines_kept(value.replace("\r\n", "\n"), mark="")
    return line(name, plain.translate(_ESCAPED))


def texts_line(name: str, values: Iterable[str]) -> str:
    """A property of several texts."""
    return line(name, ",".join(value.translate(_ESCAPED) for value in values))


def stamp_text(moment: datetime) -> str:
    """A moment, in UTC."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def local_text(day: date, clock: str) -> str:
    """A day and a time of the day (`HH:MM`), by the clock of the TZID that stands beside it."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}T{clock[:2]}{clock[3:5]}00"


def duration_text(length: timedelta) -> str:
    """`PT1H30M`, `P1DT2H`, `P2D`."""
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if count]
    days = f"{length.days}D" if length.days else ""
    return f"P{days}T{''.join(parts)}" if parts else f"P{days or 'T0S'}"


def _folded(whole: str) -> str:
    """Parts of 75 octets at most, the space that begins each but the first included; no character is cut in two."""
    octets, parts, at, room = whole.encode(), [], 0, _MOST
    while len(octets) - at > room:
        end = at + room
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(octets[at:end])
        at, room = end, _MOST - 1
    return b"\r\n ".join([*parts, octets[at:]]).decode()
