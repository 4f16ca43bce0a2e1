"""The phrases of a stretch and how they stand to one another: what lies between two, what is near, what in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vitality_lib.schedules.clock import Clock
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.phrases import Phrase, phrases_of
from vitality_lib.schedules.tokens import Sites

_NEAR = 28  # characters between a time and the word that speaks of it


@dataclass(frozen=True)
class Passage:
    """Phrases are named by their index, their places count from the start of `text`.

    `depth` is how many brackets are open at each phrase, `places` the phrases of each kind.
    """

    phrases: tuple[Phrase, ...]
    text: str
    depth: tuple[int, ...]
    places: Mapping[Kind, tuple[int, ...]]

    @classmethod
    def of(cls, text: str, sites: Sites = ()) -> Passage:
        found = phrases_of(text, sites)
        return cls(found, text, tuple(_depths(found)), _places(found))

    def all_of(self, kind: Kind) -> tuple[int, ...]:
        return self.places.get(kind, ())

    def any_within(self, low: int, high: int, *kinds: Kind) -> bool:
        """Whether one of the phrases from `low` up to, but not including, `high` is of these kinds."""
        return any(phrase.kind in kinds for phrase in self.phrases[low:high])

    def between(self, left: int, right: int) -> str:
        """The text from the end of one phrase to the start of a later one."""
        return self.text[self.phrases[left].end : self.phrases[right].start]

    def before(self, at: int) -> str:
        return self.text[: self.phrases[at].start]

    def after(self, at: int) -> str:
        return self.text[self.phrases[at].end :]

    def near(self, left: int, right: int) -> bool:
        return len(self.between(left, right)) <= _NEAR

    def same_clause(self, left: int, right: int) -> bool:
        return not self.any_within(left, right, Kind.BREAK, Kind.COMMA)

    def parted(self, one: int, other: int) -> bool:
        """Whether a bullet, a bar or a semicolon stands between two phrases."""
        low, high = sorted((one, other))
        return self.any_within(low, high, Kind.BREAK)

    def encloses(self, outer: int, inner: int) -> bool:
        """Whether what `outer` says counts for `inner`: words in brackets speak for nothing outside them."""
        return self.depth[outer] <= self.depth[inner]

    def clock(self, at: int) -> Clock:
        """The (first) time of a phrase of kind TIME."""
        span = self.phrases[at].span
        assert span is not None, "a phrase of kind TIME has a span"
        return span.first

    def has_end(self, at: int) -> bool:
        span = self.phrases[at].span
        return span is not None and span.last is not None

    def says(self, words: re.Pattern[str]) -> bool:
        return bool(words.search(self.text))


def _places(found: tuple[Phrase, ...]) -> Mapping[Kind, tuple[int, ...]]:
    places: dict[Kind, list[int]] = {}
    for at, phrase in enumerate(found):
        places.setdefault(phrase.kind, []).append(at)
    return {kind: tuple(those) for kind, those in places.items()}


def _depths(found: tuple[Phrase, ...]) -> Iterator[int]:
    depth = 0
    for phrase in found:
        if phrase.kind is Kind.OPEN:
            depth += 1
        elif phrase.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        yield depth
