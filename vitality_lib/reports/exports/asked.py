"""What an export is asked for, whatever its format."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from vitality_lib.store.published import PublishedParish

Parishes: TypeAlias = AsyncIterator[PublishedParish]


@dataclass(frozen=True)
class Asked:
    """`moment` is the time of which the data speak; dates are told from the day `first` on, for so many days.

    `output` is a file or, for formats of several files, a folder; without one a format has its own place.
    """

    moment: datetime
    first: date
    days: int
    output: Path | None = None

    @property
    def last(self) -> date:
        """The last day told, included."""
        return self.first + timedelta(days=self.days - 1)
