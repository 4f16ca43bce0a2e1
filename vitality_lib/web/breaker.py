"""When a host has failed or refused us often enough to be left alone. State lies in `hosts`; these are the rules.

After the pause one request is the probe, whatever the number of workers, and the others are told so at once. If it
fails, the pause doubles; if it is answered, the breaker is closed.
"""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Outcome, Reason
from vitality_lib.store.turns import Rest, Turn
from vitality_lib.web import blocked
from vitality_lib.web.client import Answer

FAILURES_TO_OPEN = 5
FIRST_PAUSE = 300.0
LONGEST_PAUSE = 6 * 3600.0
PAUSE_AFTER_CHALLENGE = 24 * 3600.0
_FAULTS = frozenset({Reason.DNS_FAILURE, Reason.CONNECTION_FAILURE, Reason.TLS_FAILURE, Reason.TIMEOUT})


@dataclass(frozen=True)
class BreakerChange:
    """A breaker was opened for `seconds`, or once more after its probe failed; or it was closed: then the rest is
    empty. `failures` is how many there were in a row.
    """

    host: str
    opened: bool
    reason: str = ""
    failures: int = 0
    seconds: float = 0.0

    @property
    def facts(self) -> dict[str, object]:
        """As an event has it."""
        state = "opened" if self.opened else "closed"
        why = {"reason": str(self.reason) or None, "failures": self.failures, "seconds": round(self.seconds, 3)}
        return {"host": self.host, "state": state, **why}


def change(turn: Turn, rest: Rest) -> BreakerChange | None:
    """What the end of a turn changes in the breaker of its host; None: nothing."""
    if rest.shut_seconds > 0:
        return BreakerChange(turn.host, True, rest.shut_reason, rest.failures, rest.shut_seconds)
    if rest.learnt and rest.failures == 0 and turn.failures >= FAILURES_TO_OPEN:
        return BreakerChange(turn.host, False)
    return None


def fault(answer: Answer | Outcome) -> Reason | None:
    """What counts against the host: no answer at all, a server error, a refusal (403, 429, a challenge); else None.

    A page that is missing, too large or a picture does not.
    """
    if isinstance(answer, Outcome):
        return answer.reason if answer.reason in _FAULTS else None
    if blocked.refusal(answer):
        return Reason.BLOCKED
    return Reason.HTTP_ERROR if answer.status >= 500 else None


def failures_after(answer: Answer | Outcome, before: int) -> int:
    """Failures in a row, after `before` of them. A challenge stands before the whole site: it counts as enough."""
    if fault(answer) is None:
        return 0
    return max(before, FAILURES_TO_OPEN - 1) + 1 if _is_challenge(answer) else before + 1


def pause(answer: Answer | Outcome, failures: int) -> float:
    """Seconds to stay away after this answer, the last of so many failures in a row; 0: the breaker stays closed."""
    if _is_challenge(answer):
        return PAUSE_AFTER_CHALLENGE
    if failures < FAILURES_TO_OPEN:
        return 0.0
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - FAILURES_TO_OPEN, 20))


def _is_challenge(answer: Answer | Outcome) -> bool:
    return isinstance(answer, Answer) and blocked.is_challenge(answer)
