"""A service out of the line of plain English that `say` writes of it."""

from __future__ import annotations

import re

from vitality_lib.calendar.day_words import DAYS, read_days
from vitality_lib.calendar.english import say
from vitality_lib.calendar.exception_words import EXCEPTIONS, read_exceptions
from vitality_lib.calendar.note_words import NAME, NOTE, read_name, read_note
from vitality_lib.calendar.season_words import SEASON, read_season
from vitality_lib.calendar.spoken import DATE, IN_LANGUAGES, TYPES, any_of, key_of, read_date, read_languages
from vitality_lib.calendar.time_words import TIMES, read_times
from vitality_lib.models import Recurrence, Service

_COUNTED = "counted from the week of "
_FROM = f"from {DATE}(?: on| to {DATE})"


class NotUnderstoodError(ValueError):
    """The words are not such as `say` writes."""


def understand(words: str) -> Service:
    """The service that `say` says in these words; it has no evidence.

    Raises NotUnderstoodError, which names the word at which it stopped; or the words to write instead, where they are
    understood but not such as `say` writes. Raises CannotBeSaidError for words that say neither when nor on what
    condition.
    """
    line = _Line(words)
    try:
        service = _read(line)
    except ValueError as error:
        raise NotUnderstoodError(f"{line.stopped()}: {error}") from error
    if line.rest:
        raise NotUnderstoodError(line.stopped())
    said = say(service)
    if said != words:
        raise NotUnderstoodError(f"write {said!r} instead of {words!r}")
    return service


class _Line:
    """A sentence and how far it has been read."""

    def __init__(self, words: str) -> None:
        self._words, self._at, self._pieces = words, 0, 0

    @property
    def rest(self) -> str:
        return self._words[self._at :]

    def part(self, pattern: str, after: str = ", ") -> str:
        """Read on where the pattern stands next, behind `after` and up to the end of a word; else nothing."""
        match = re.compile(rf"{re.escape(after)}(?P<it>{pattern})(?=[, ]|$)", re.S).match(self._words, self._at)
        self._at = match.end() if match else self._at
        return match["it"] if match else ""

    def piece(self, pattern: str) -> str:
        """The same for the pieces of one part: the first stands behind a comma, the others behind a blank."""
        found = self.part(pattern, after=" " if self._pieces else ", ")
        self._pieces += bool(found)
        return found

    def stopped(self) -> str:
        read = len(self._words[: self._at].split())
        next_word = self.rest.lstrip(" ,").partition(" ")[0]
        return f"stopped at word {read + 1}, {next_word!r}, of {self._words!r}"


def _read(line: _Line) -> Service:
    kind = line.part(any_of(TYPES), after="")
    if not kind:
        raise ValueError(f"a sentence begins with one of {', '.join(TYPES.values())}")
    vigil = line.part(r"\(vigil\)", after=" ")
    rule = read_days(line.piece(DAYS))
    times = read_times(line.piece(TIMES), rule["days"])
    language = read_languages(line.piece(IN_LANGUAGES))
    season = read_season(line.piece(SEASON)) or None
    counted = line.part(_COUNTED + DATE)
    begins, ends = _in_force(line.part(f"{_FROM}|until {DATE}"))
    exceptions = read_exceptions(line.part(EXCEPTIONS))
    note = line.part(NOTE)
    streamed = line.part("also streamed")
    church = line.part(f"at {NAME}")
    anchor = read_date(counted.removeprefix(_COUNTED)) if counted else None
    return Service(
        key_of(TYPES, kind),
        Recurrence(**rule, season=season, anchor=anchor, exceptions=exceptions, begins=begins, ends=ends),
        **times,
        language=language,
        church=read_name(church.removeprefix("at ")) or None,
        vigil=bool(vigil),
        note=read_note(note) or None,
        streamed=bool(streamed),
    )


def _in_force(words: str) -> tuple[str | None, str | None]:
    """The first and the last day."""
    dates = [read_date(date) for date in re.findall(DATE, words)]
    if words.startswith("until"):
        return None, dates[0]
    return (dates[0] if dates else None), (dates[1] if len(dates) > 1 else None)
