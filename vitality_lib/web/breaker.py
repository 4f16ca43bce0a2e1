"""When a host has failed often enough to be left alone for a while. State lies in `hosts`; these are the rules.

After the pause the next request is the probe: one is in flight per host anyway. If it fails, the pause doubles.
"""

from __future__ import annotations

from vitality_lib.models import Reason

FAILURES_TO_OPEN = 5
FIRST_PAUSE = 300.0
LONGEST_PAUSE = 6 * 3600.0
PAUSE_AFTER_BLOCK = 24 * 3600.0
_FAULTS = frozenset(
    {Reason.DNS_FAILURE, Reason.CONNECTION_FAILURE, Reason.TLS_FAILURE, Reason.TIMEOUT, Reason.HTTP_ERROR}
)


def is_fault(reason: Reason, status: int) -> bool:
    """Whether an answer counts against the host: no answer at all, or a server error; a missing page does not."""
    return reason in _FAULTS and (status == 0 or status >= 500)


def pause(failures: int) -> float:
    """Seconds to stay away after so many failures in a row; 0 while the breaker stays closed."""
    if failures < FAILURES_TO_OPEN:
        return 0.0
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - FAILURES_TO_OPEN, 20))
