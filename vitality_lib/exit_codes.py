"""How a `vitality` command ends: its exit code, and the one line for a person where it could not do it."""

from __future__ import annotations

DONE, FAILED, USAGE, TRY_LATER = 0, 1, 2, 75


class Stop(Exception):  # noqa: N818 - it ends the command
    """The command ends here: one line for a person, and the exit code."""

    def __init__(self, text: str, code: int = FAILED) -> None:
        super().__init__(text)
        self.code = code
