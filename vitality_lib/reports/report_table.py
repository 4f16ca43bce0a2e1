"""A table of a report: its columns with types and meanings, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a column. Every one may be empty where a value is not known."""

    TEXT = "text"
    TEXTS = "list of texts"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"  # between 0 and 1
    FLAG = "true or false"
    MOMENT = "time (UTC)"


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True)
class ReportTable:
    """`rows` gives, each time it is called, rows with a value for each column. `name` is its file without an ending."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Sequence[object]]]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def column(kind: Kind, name: str, meaning: str) -> Column:
    """One column, with its type first: it reads better in a list of them."""
    return Column(name, kind, meaning)
