"""A part of a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """`part` of `whole`. With a `whole` of 0 there is no ratio: missing is never zero."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """Between 0 and 1, or None when there is nothing to divide by."""
        return self.part / self.whole if self.whole else None
