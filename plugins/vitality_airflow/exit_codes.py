"""What the exit code of a worker means."""

from __future__ import annotations

import signal

from vitality_airflow.retries import Ending, Rule

WRONG_USAGE, TRY_LATER = 2, 75  # of `vitality worker`
_SIGNAL = 128  # a shell's and a container's way to say that a signal ended it
KILLED = _SIGNAL + signal.SIGKILL


def by_exit_code(code: int, said: str = "") -> Ending:
    """The ending of a worker with this exit code (negative: ended by that signal), with the last line that it said."""
    mend = said or "the reason is in the log above"
    number = -code if code < 0 else code - _SIGNAL
    if code == WRONG_USAGE:
        return Ending("the worker was called wrongly (exit code 2), so it is not tried again", Rule.NEVER, mend)
    if code == TRY_LATER:
        return Ending("the worker asks to try again later (exit code 75)", mend=mend)
    if number == signal.SIGKILL:
        return Ending(f"the worker was killed from outside (exit code {code}, signal 9)", mend=mend)
    if number == signal.SIGTERM:
        return Ending(f"the worker was told to end (exit code {code}, signal 15)", mend=mend)
    if number in set(signal.Signals):
        return Ending(f"the worker was ended by signal {number} (exit code {code})", mend=mend)
    return Ending(f"the worker failed with exit code {code}", mend=mend)
