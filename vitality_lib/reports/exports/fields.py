"""What a field of an export is: its name, type and meaning. Writers go by these lists, and the data dictionary shows
them, so that neither can say what the other does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kind(StrEnum):
    """The type of a value, as the data dictionary names it."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXT = "string"
    CLOCK = "time of day, HH:MM"
    DATE = "date, YYYY-MM-DD"
    MOMENT = "date-time, UTC"
    CODES = "list of codes"
    TEXTS = "list of strings"
    INTEGERS = "list of integers"
    RECORD = "object"
    RECORDS = "list of objects"


@dataclass(frozen=True)
class Field:
    """A field by its name. `required`: it is never empty. JSON leaves a field out that is as `usual` (`()`: empty)."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    usual: object = ...


@dataclass(frozen=True)
class Column(Field, Generic[T]):
    """A field that is read off what a row is made of."""

    of: Callable[[T], Any] = lambda _: None


def filled(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in the order of their fields; what is empty is left out unless it is required.

    A value without a field is an error of the program: the data dictionary would not know it.
    """
    unknown = values.keys() - {field.name for field in fields}
    assert not unknown, f"no field is called {unknown}"
    return {
        field.name: values[field.name]
        for field in fields
        if field.required or values.get(field.name) not in (None, "", [], {})
    }


def record(columns: Sequence[Column[T]], row: T) -> dict[str, Any]:
    """A row as a JSON object: times as text, what is seldom said only where it is said."""
    told = {}
    for column in columns:
        value = column.of(row)
        if column.usual is ... or value != column.usual:
            told[column.name] = iso(value) if column.kind is Kind.MOMENT else value
    return told


def flat(column: Field, value: Any) -> Any:
    """A value as one cell of a table: codes parted by spaces, names by semicolons, days of the month in their order."""
    match column.kind:
        case Kind.CODES:
            return " ".join(value)
        case Kind.TEXTS:
            return "; ".join(value)
        case Kind.INTEGERS:
            return " ".join(map(str, sorted(value, key=lambda day: (day < 0, day))))
        case Kind.MOMENT:
            return iso(value)
    return value


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def exact(moment: datetime) -> str:
    """To the microsecond: what is asked for again under this time is the same again."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
