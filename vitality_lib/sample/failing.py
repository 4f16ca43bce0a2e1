"""What goes wrong on the sample web when it is told to fail: a share of all requests, in every way that is common."""

from __future__ import annotations

import hashlib
from collections import Counter
from enum import StrEnum


class Fault(StrEnum):
    """How one request fails."""

    HANGS_UP = "hangs_up"  # the connection closes without a word
    BROKEN = "broken"  # 500
    BUSY = "busy"  # 503, come again at once
    SILENT = "silent"  # the answer takes longer than anybody waits
    CUT_OFF = "cut_off"  # half of the body that was announced
    NO_GZIP = "no_gzip"  # a body that is not in the coding it claims
    REFUSES = "refuses"  # 403
    GARBAGE = "garbage"  # bytes that are no text


_KINDS = tuple(Fault)


class Failing:
    """Decides for each request whether it fails, and how.

    The same requests in the same order for each path fail in the same way whenever `seed` is the same; it does not
    matter what is asked for in between, nor when. `share` is between 0 and 1. Requests to `spared` hosts never fail.
    """

    def __init__(self, share: float, seed: int = 0, spared: frozenset[str] = frozenset()) -> None:
        self._share = share
        self._seed = seed
        self._spared = spared
        self._asked: Counter[tuple[str, str]] = Counter()

    def fault(self, host: str, target: str) -> Fault | None:
        """How the next request for this target (path and query) fails; None when it does not."""
        if not self._share or host in self._spared:
            return None
        self._asked[host, target] += 1
        told = f"{self._seed} {host} {target} {self._asked[host, target]}".encode()
        drawn = hashlib.sha256(told).digest()
        if int.from_bytes(drawn[:8], "big") >= self._share * 2**64:
            return None
        return _KINDS[drawn[8] % len(_KINDS)]
