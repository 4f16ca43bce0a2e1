"""A service out of the line of plain English that `say` writes of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from vitality_lib.calendar.english import NOTE, read_note, say
from vitality_lib.calendar.season_words import PIECE, SEASON, read_season
from vitality_lib.calendar.spoken import (
    CLOCK,
    DATE,
    HOLY_DAYS,
    LANGUAGE,
    LANGUAGES,
    ORDINALS,
    TYPES,
    WEEK,
    WEEKS,
    a_list_of,
    read_clock,
    read_date,
)
from vitality_lib.models import Day, Recurrence, Service

_K = TypeVar("_K")

_WEEKDAY = f"(?:{'|'.join(WEEK.values())})"
_HOLY = f"(?:{'|'.join(HOLY_DAYS.values())})"
_ORDINAL = f"(?:{'|'.join(ORDINALS.values())})"
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|last day)"
_PLURAL = f"(?:every day|{_WEEKDAY} to {_WEEKDAY}|{_WEEKDAY}s)"
_DAY_PATTERNS = {
    "month_days": rf"on the (?P<nth>{a_list_of(_NTH)}) of the month(?: if a (?P<own>{a_list_of(_WEEKDAY, 'or')}))?",
    "ordinals": rf"on the (?P<nth>{a_list_of(_ORDINAL)}) (?P<own>{a_list_of(_WEEKDAY)}) of the month",
    "every_other": rf"every (?P<which>other) (?P<own>{_WEEKDAY})",
    "weeks": rf"(?P<own>{a_list_of(_PLURAL)}) of every (?P<which>{'|'.join(WEEKS.values())}) week",
    "plain": rf"(?P<own>{_PLURAL})",
    "holy": _HOLY,
}
_DAY = f"(?:{'|'.join(re.sub('[?]P<[a-z]+>', '?:', pattern) for pattern in _DAY_PATTERNS.values())})"
_END = rf"(?:{_WEEKDAY} )?{CLOCK}(?: the next day| \d+ days later)?"
_TIMES = rf"around the clock|from (?P<start>{CLOCK}) to (?P<to>{_END})|at (?P<at>{CLOCK})|until (?P<until>{_END})"
_EXCEPTION = rf"(?:the {_ORDINAL} {_WEEKDAY} of the month|{_WEEKDAY}s|{_HOLY}|on {DATE}|{PIECE})"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_IN_FORCE = rf"from (?P<begins>{DATE}) on\b|from (?P<first>{DATE}) to (?P<last>{DATE})|until (?P<ends>{DATE})"


class NotUnderstoodError(ValueError):
    """The words are not such as `say` writes."""


def understand(words: str) -> Service:
    """The service that `say` says in these words; it has no evidence.

    Raises NotUnderstoodError, which names the word at which it stopped; or the words to write instead, where they are
    understood but not such as `say` writes.
    """
    line = _Line(words)
    try:
        service = _read(line)
    except (KeyError, ValueError) as error:
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
        self.words, self.at = words, 0

    @property
    def rest(self) -> str:
        return self.words[self.at :]

    def take(self, pattern: str, after: str = ", ") -> re.Match[str] | None:
        """Read on, where the pattern stands next behind `after`."""
        match = re.compile(rf"{re.escape(after)}(?P<it>{pattern})").match(self.words, self.at)
        self.at = match.end() if match else self.at
        return match

    def stopped(self) -> str:
        read = len(self.words[: self.at].split())
        next_word = self.rest.lstrip(" ,").partition(" ")[0]
        return f"stopped at word {read + 1}, {next_word!r}, of {self.words!r}"


def _read(line: _Line) -> Service:
    kind = line.take("|".join(TYPES.values()), after="")
    if kind is None:
        raise ValueError(f"a sentence begins with one of {', '.join(TYPES.values())}")
    vigil = line.take(r"\(vigil\)", after=" ")
    before = line.at

    def piece(pattern: str) -> re.Match[str] | None:
        return line.take(rf"(?:{pattern})(?=[, ]|$)", after=", " if line.at == before else " ")

    rule = _days(piece(a_list_of(_DAY)))
    times = _times(piece(_TIMES), rule.get("days", ()))
    language = _language(piece(f"in {a_list_of(LANGUAGE)}"))
    season = piece(SEASON)
    rule["season"] = read_season(season["it"]) if season else None
    anchor = line.take(f"counted from the week of {DATE}")
    rule["anchor"] = read_date(anchor["it"].removeprefix("counted from the week of ")) if anchor else None
    rule |= _in_force(line.take(_IN_FORCE))
    rule["exceptions"] = _exceptions(line.take(rf"except {_EXCEPTION}(?: and {_EXCEPTION})*(?=,|$)"))
    note = line.take(f"(?:{_QUOTED}|{NOTE})(?=,|$)")
    streamed = line.take("also streamed(?=,|$)")
    church = line.take(f'at (?P<name>{_QUOTED}$|[^"].*)')
    return Service(
        next(type_ for type_, word in TYPES.items() if word == kind["it"]),
        Recurrence(**rule),
        **times,
        language=language,
        church=_text(church["name"]) if church else None,
        vigil=vigil is not None,
        note=read_note(note["it"]) if note else None,
        streamed=streamed is not None,
    )


def _days(match: re.Match[str] | None) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    own: set[Day] = set()
    found = re.findall(_DAY, match["it"]) if match else []
    for phrase in found:
        name, parts = next((name, hit) for name, at in _DAY_PATTERNS.items() if (hit := re.fullmatch(at, phrase)))
        if name == "holy":
            own.add(_key(HOLY_DAYS, phrase))
            continue
        own |= _weekdays(parts["own"] or "")
        if name == "month_days":
            nths = re.findall(_NTH, parts["nth"])
            rule["month_days"] = tuple(-1 if one == "last day" else int(one[:-2]) for one in nths)
        elif name == "ordinals":
            rule["ordinals"] = tuple(_key(ORDINALS, one) for one in re.findall(_ORDINAL, parts["nth"]))
        elif name != "plain":
            rule["weeks"] = _key(WEEKS, parts["which"])
    return rule | {"days": tuple(day for day in Day if day in own)}


def _weekdays(words: str) -> set[Day]:
    week = list(WEEK)
    if words == "every day":
        return set(week)
    named = [_key(WEEK, name) for name in re.findall(_WEEKDAY, words)]
    if " to " in words:
        return set(week[week.index(named[0]) : week.index(named[1]) + 1])
    return set(named)


def _times(match: re.Match[str] | None, days: tuple[Day, ...]) -> dict[str, Any]:
    if match is None:
        return {}
    if match["it"] == "around the clock":
        return {"start": "00:00", "end": "24:00"}
    start, end = match["start"] or match["at"], match["to"] or match["until"]
    times: dict[str, Any] = {"start": read_clock(start) if start else None}
    if end:
        (clock,) = re.findall(CLOCK, end)
        times["end"] = "24:00" if clock == "midnight" else read_clock(clock)
        times["nights"] = _nights(end, days)
    return times


def _nights(end: str, days: tuple[Day, ...]) -> int:
    if weekday := re.match(_WEEKDAY, end):
        week = list(WEEK)
        if len(days) != 1 or days[0] not in week:
            raise ValueError(f"{weekday[0]} ends what begins on one weekday")
        return (week.index(_key(WEEK, weekday[0])) - week.index(days[0])) % len(week)
    later = re.search(r"(\d+) days later", end)
    return int(later[1]) if later else int(end.endswith("the next day"))


def _language(match: re.Match[str] | None) -> str:
    if match is None:
        return "en"
    names = re.findall(LANGUAGE, match["it"].removeprefix("in "))
    codes = {name: code for code, name in LANGUAGES.items()}
    return "/".join(codes.get(name, name) for name in names if name != "and")


def _in_force(match: re.Match[str] | None) -> dict[str, str]:
    if match is None:
        return {}
    begins, ends = match["begins"] or match["first"], match["ends"] or match["last"]
    return {name: read_date(day) for name, day in (("begins", begins), ("ends", ends)) if day}


def _exceptions(match: re.Match[str] | None) -> tuple[str, ...]:
    found = re.findall(_EXCEPTION, match["it"].removeprefix("except ")) if match else []
    return tuple(map(_exception, found))


def _exception(words: str) -> str:
    if words in HOLY_DAYS.values():
        return _key(HOLY_DAYS, words).value
    if nth := re.fullmatch(f"the ({_ORDINAL}) ({_WEEKDAY}) of the month", words):
        return f"{_key(ORDINALS, nth[1])}{_key(WEEK, nth[2]).value}"
    if re.fullmatch(f"{_WEEKDAY}s", words):
        return _key(WEEK, words[:-1]).value
    return read_date(words.removeprefix("on ")) if re.fullmatch(f"on {DATE}", words) else read_season(words)


def _text(words: str) -> str:
    return str(json.loads(words)) if words.startswith('"') else words


def _key(table: Mapping[_K, str], said: str) -> _K:
    return next(key for key, word in table.items() if word == said)
