"""The manners, told once more and as a site's owner would: what a record of requests breaks, and how fast it could be.

Pure, and free of the product's code: it knows the rules, and what each host is like. Times are seconds of one clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_PER_KEY = 2
LEAST_GAP, LONGEST_REST, REST_FACTOR = 2.0, 60.0, 5.0
AFTER_A_FAULT = 5.0
TOO_MANY_REQUESTS = 60.0  # a 429 without a Retry-After
FAULTS_TO_OPEN, FIRST_PAUSE, LONGEST_PAUSE = 5, 300.0, 6 * 3600.0
AFTER_A_CHALLENGE = 24 * 3600.0


@dataclass(frozen=True)
class Seen:
    """One request as its host saw it: when it came, when the answer left, and what that was."""

    host: str
    started: float
    ended: float
    status: int = 200
    retry_after: float | None = None
    challenge: bool = False

    @property
    def seconds(self) -> float:
        return self.ended - self.started


@dataclass(frozen=True)
class Rules:
    """What holds for the crawl: keys and Crawl-delay by host, and the pace that is a factor on every delay."""

    keys: Mapping[str, tuple[str, ...]]
    crawl_delays: Mapping[str, float]
    pace: float


def violations(record: Iterable[Seen], rules: Rules) -> list[str]:
    """Each rule that was broken, with where and by how much; empty for a good crawl."""
    by_host = _by_host(record)
    found: list[str] = []
    for host, seen in by_host.items():
        found += _of_host(host, seen, rules)
    for key, seen in _by_key(by_host, rules).items():
        found += _of_key(key, seen)
    return found


def least_seconds(record: Iterable[Seen], rules: Rules) -> float:
    """The least time in which these requests could have been made, had there been nothing but the rules to wait for."""
    return max(bounds(record, rules).values(), default=0.0)


def bounds(record: Iterable[Seen], rules: Rules) -> dict[str, float]:
    """Seconds that each host and each key takes at least.

    No host's requests are made faster than one after the other with its rests between, no key's than two at a time.
    """
    by_host = _by_host(record)
    found = {
        host: sum(one.seconds for one in seen) + sum(_owed(host, seen[: n + 1], rules) for n in range(len(seen) - 1))
        for host, seen in by_host.items()
    }
    for key, seen in _by_key(by_host, rules).items():
        found[key] = max(found.get(key, 0.0), sum(one.seconds for one in seen) / MOST_PER_KEY)
    return found


def crawl_seconds(record: Sequence[Seen]) -> float:
    """From the first request to the last answer."""
    return max(one.ended for one in record) - min(one.started for one in record)


def _of_host(host: str, seen: list[Seen], rules: Rules) -> list[str]:
    found = []
    for number, (one, following) in enumerate(pairwise(seen)):
        gap, owed = following.started - one.ended, _owed(host, seen[: number + 1], rules)
        if gap < 0:
            found.append(f"{host}: two requests in flight, for {-gap:.3f} s")
        elif gap < owed:
            found.append(f"{host}: asked again after {gap:.3f} s, {owed:.3f} s are owed after its {one.status}")
    return found


def _of_key(key: str, seen: list[Seen]) -> list[str]:
    """Who is in flight when each request of a key begins; a host's own requests are judged elsewhere."""
    found = []
    for one in seen:
        others = {other.host for other in seen if other.started <= one.started < other.ended} | {one.host}
        if len(others) > MOST_PER_KEY:
            found.append(f"{key}: {len(others)} in flight at {one.started:.3f}")
    return found


def _owed(host: str, seen: list[Seen], rules: Rules) -> float:
    """Seconds that a host is owed after the last of these answers, whose time was measured and so has its pace."""
    last = seen[-1]
    owed = max(LEAST_GAP, rules.crawl_delays.get(host, 0.0), min(LONGEST_REST, REST_FACTOR * last.seconds / rules.pace))
    if last.status in {429, 503}:
        owed = max(owed, last.retry_after or 0.0)
    if last.status == 429 and last.retry_after is None:
        owed = max(owed, TOO_MANY_REQUESTS)
    if _is_fault(last):
        owed = max(owed, AFTER_A_FAULT, _pause(seen))
    return owed * rules.pace


def _pause(seen: list[Seen]) -> float:
    """Seconds for which a breaker is open after the last of these, a fault."""
    if seen[-1].challenge:
        return AFTER_A_CHALLENGE
    in_a_row = 0
    for one in reversed(seen):
        if not _is_fault(one):
            break
        in_a_row += 1
    too_many = in_a_row - FAULTS_TO_OPEN
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2**too_many) if too_many >= 0 else 0.0


def _is_fault(one: Seen) -> bool:
    return one.challenge or one.status >= 500 or one.status in {403, 429}


def _by_host(record: Iterable[Seen]) -> dict[str, list[Seen]]:
    by_host = defaultdict(list)
    for one in sorted(record, key=lambda one: one.started):
        by_host[one.host].append(one)
    return dict(by_host)


def _by_key(by_host: Mapping[str, list[Seen]], rules: Rules) -> dict[str, list[Seen]]:
    by_key = defaultdict(list)
    for host, seen in by_host.items():
        for key in rules.keys.get(host, ()):
            by_key[key] += seen
    return dict(by_key)
