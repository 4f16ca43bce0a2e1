"""The filters above a list, as its query string has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vitality_lib.reports.shown import shown


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the query string, its label, what is chosen, and what can be (value, words)."""

    name: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]


def choice(name: str, label: str, chosen: str, options: Iterable[tuple[str, str]]) -> Choice:
    """A filter whose first option is everything."""
    return Choice(name, label, chosen, (("", "all"), *((value, shown(words, 80)) for value, words in options)))


def kept(choices: Iterable[Choice]) -> tuple[tuple[str, str], ...]:
    """What the links of the list must keep of them."""
    return tuple((one.name, one.chosen) for one in choices if one.chosen)
