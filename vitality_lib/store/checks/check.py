"""A check of the data as a type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # cannot be true
    WARNING = "warning"  # is probably wrong
    GAP = "gap"  # is not known


class Of(StrEnum):
    """What kind of rows a check judges; `id` in its answer is the id of one of these."""

    PARISHES = "parishes"
    SERVICES = "services"
    DIOCESES = "dioceses"
    CHURCHES = "churches"
    CORRECTIONS = "corrections"
    VISITS = "visits"


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong with a row.

    `judged` is a SELECT of `id` and `fails`, one row for each row that the check applies to: what it cannot judge it
    leaves out. It may use the names of `words.WORDS` and the time `%(now)s`; a NULL in `fails` is no failure.
    """

    key: str
    title: str
    severity: Severity
    of: Of
    definition: str
    judged: str


def has(column: str) -> str:
    """The published parishes of which a column is known, as the end of a SELECT."""
    return f"FROM published WHERE {column} IS NOT NULL"
