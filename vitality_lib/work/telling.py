"""What a worker says of itself beyond the database: the form in which it is said, and what it reads off before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

# The kind of an event and its data, as docs/monitoring.md has them. Whoever listens returns at once and never raises.
Tell: TypeAlias = Callable[[str, Mapping[str, object]], None]


def nobody(_kind: str, _data: Mapping[str, object]) -> None:
    """Nobody listens."""


@dataclass(frozen=True)
class Gauges:
    """Where a worker reads off how it stands: pages and requests since it started, and the bytes that it holds with its
    browser (None: that cannot be told). Reading the memory may take milliseconds.
    """

    pages: Callable[[], int] = lambda: 0
    requests: Callable[[], int] = lambda: 0
    memory: Callable[[], int | None] = lambda: None
