"""What a stretch mentions without stating it: other services, ends, exceptions.

`after the 8:00 Mass`, `30 minutes before Mass`, `until noon`, `no Mass on Monday`, `except Wednesday`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vitality_lib.models import ServiceType
from vitality_lib.schedules.clock import Span
from vitality_lib.schedules.grammar.passage import Passage
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.phrases import Phrase

_REACH = 5  # phrases that one relation may span
_WIDEST_GAP = 22  # characters between two of them
_ANCHORS = (
    Kind.TIME,
    Kind.SERVICE,
    Kind.DAY,
    Kind.LANGUAGE,
    Kind.VIGIL,
    Kind.PART,
    Kind.JOIN,
    Kind.COMMA,
    Kind.ORDINAL,
)
_OVERNIGHT = (
    [Kind.TIME, Kind.DASH, Kind.DAY, Kind.TIME],
    [Kind.TIME, Kind.UNTIL, Kind.DAY, Kind.TIME],
)
_OVERNIGHT_DAYS_BEHIND = (
    [Kind.TIME, Kind.DAY, Kind.DASH, Kind.TIME, Kind.DAY],
    [Kind.TIME, Kind.DAY, Kind.UNTIL, Kind.TIME, Kind.DAY],
)
_EXCEPTS = ("except", "exclud", "but", "other", "salvo", "menos")
_AT_ONCE = re.compile(r"^(?:immediately|right|directly|inmediatamente) ")
_OF_A_TIME = ("at", "of", "@", "de", "de las", "a las", "de la")
_PREPOSITIONS = (
    (("before and", "before &"), "before and after"),
    (("before or", "antes y", "antes o"), "before or after"),
    (("before", "prior", "preced", "antes"), "before"),
    (("dur",), "during"),
    (("betw", "entre"), "between"),
)


@dataclass(frozen=True)
class Relation:
    """`words` say it in the records' way (`30 minutes before 08:00 Mass`); `at` is the phrase that expresses it.

    `anchored` are the phrases that belong to the other service.
    """

    at: int
    words: str
    anchored: frozenset[int]


def relations(passage: Passage) -> tuple[Relation, ...]:
    """The relations of a stretch, in order."""
    found = (_relation(passage, at) for at in passage.all_of(Kind.RELATION))
    return tuple(one for one in found if one is not None)


def _relation(passage: Passage, at: int) -> Relation | None:
    times: list[str] = []
    names: list[str] = []
    anchored: list[int] = []
    for later in range(at + 1, min(at + _REACH + 1, len(passage.phrases))):
        phrase = passage.phrases[later]
        if len(passage.between(later - 1, later)) > _WIDEST_GAP or phrase.kind not in _ANCHORS:
            break
        if phrase.kind is Kind.TIME:
            if anchored and _of_another_list(passage.phrases[anchored[-1]], phrase):
                break
            times.append(f"{'and ' if times else ''}{_plain_clock(phrase.span)}")
            anchored.append(later)
        elif phrase.kind is Kind.SERVICE:
            anchored.append(later)
            names.append(_name(phrase))
            if len(names) + len(times) > 1 or not _its_time_follows(passage, later, at):
                break
    if not anchored:
        return None
    said = f"{_offset(passage, at)}{_preposition(passage.phrases[at].text)} {' '.join((*times, *names))}"
    return Relation(at, said.strip(), frozenset(anchored))


def _of_another_list(before: Phrase, phrase: Phrase) -> bool:
    return before.kind is Kind.TIME and phrase.run != before.run


def _name(phrase: Phrase) -> str:
    """A service as it is named, in English."""
    mass = phrase.services == (ServiceType.MASS,) and "es" in phrase.said_in
    return "Mass" if mass else phrase.text


def _its_time_follows(passage: Passage, service: int, relation: int) -> bool:
    """`after Mass at 8:00`; in `3:00 before Mass 4:00` and `before Mass 4:00 - 4:45` the time is one of its own."""
    if not passage.any_within(service + 1, service + 2, Kind.TIME):
        return False
    between = passage.between(service, service + 1).strip().lower()
    own = passage.any_within(0, relation, Kind.TIME) or passage.has_end(service + 1)
    return between in _OF_A_TIME or (len(between) < 5 and not own)


def _offset(passage: Passage, at: int) -> str:
    return f"{passage.phrases[at - 1].text} " if passage.any_within(max(at - 1, 0), at, Kind.OFFSET) else ""


def _preposition(word: str) -> str:
    low = _AT_ONCE.sub("", word.lower())
    return next((said for starts, said in _PREPOSITIONS if low.startswith(starts)), "after")


def _plain_clock(span: Span | None) -> str:
    if span is None:
        return ""
    return str(span.first) if span.first.half else f"{span.first.hour}:{span.first.minute:02d}"


def ends(passage: Passage) -> frozenset[int]:
    """Times that end a service: `until noon`, `concludes with Benediction at 5:15`, `Thursday 9 am to Friday 8 am`."""
    found: set[int] = set()
    for at in range(len(passage.phrases) - 3):
        if [phrase.kind for phrase in passage.phrases[at : at + 4]] in _OVERNIGHT and _is_range(passage, at + 1):
            found.add(at + 3)
    for at in range(len(passage.phrases) - 4):
        kinds = [phrase.kind for phrase in passage.phrases[at : at + 5]]
        if kinds in _OVERNIGHT_DAYS_BEHIND and _is_range(passage, at + 2):
            found.add(at + 3)
    for at in passage.all_of(Kind.UNTIL):
        if passage.any_within(at + 1, at + 2, Kind.TIME) and len(passage.between(at, at + 1)) < 20:
            found.add(at + 1)
        elif _until_a_day(passage, at) or _concludes_with_service(passage, at):
            found.add(at + 2)
    return frozenset(found)


def _is_range(passage: Passage, at: int) -> bool:
    """A word for a range: a dash between two days may as well part two entries of a list."""
    return passage.phrases[at].text.replace(" ", "").isalpha()


def _until_a_day(passage: Passage, at: int) -> bool:
    """`Thursday at 9:00 and through the night until Friday at 8:00`"""
    kinds = [phrase.kind for phrase in passage.phrases[at + 1 : at + 3]]
    return kinds == [Kind.DAY, Kind.TIME] and passage.any_within(0, at, Kind.TIME)


def _concludes_with_service(passage: Passage, at: int) -> bool:
    kinds = [phrase.kind for phrase in passage.phrases[at + 1 : at + 3]]
    return kinds == [Kind.SERVICE, Kind.TIME] and passage.phrases[at].text.lower().startswith(("conclud", "end"))


def denied(passage: Passage) -> frozenset[int]:
    """What stands under a `no ...` or `except ...`, up to the end of the clause.

    `Monday to Saturday except Wednesday 8:00`: an exception among the days leaves the time to the other days.
    """
    found: set[int] = set()
    for at in passage.all_of(Kind.WITHOUT):
        excepts = passage.phrases[at].text.lower().startswith(_EXCEPTS)
        among_days = excepts and passage.any_within(0, at, Kind.DAY) and not passage.any_within(0, at, Kind.TIME)
        for later in range(at + 1, len(passage.phrases)):
            is_time = passage.phrases[later].kind is Kind.TIME
            if _ends_clause(passage, later) or (among_days and is_time):
                break
            found.add(later)
            if excepts and is_time:
                break
    return frozenset(found)


def _ends_clause(passage: Passage, at: int) -> bool:
    kind = passage.phrases[at].kind
    if kind in (Kind.CLOSE, Kind.BREAK) or (kind is Kind.COMMA and passage.phrases[at - 1].kind is Kind.DAY):
        return True
    return bool(re.search(r"[.;]\s", passage.between(at - 1, at)))
