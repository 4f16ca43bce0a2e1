"""How a stage ends that is not done: what whoever began it hears."""

from __future__ import annotations


class StageFailed(Exception):  # noqa: N818 - named after what happened
    """A stage could not do what it set out to do. The text is one line: what, where, what to do."""


class HeldElsewhere(Exception):  # noqa: N818 - named after what happened
    """A diocese is in another worker's hands. Try again later."""

    def __init__(self) -> None:
        super().__init__("another worker holds the diocese; it is free when that worker ends or falls silent")
