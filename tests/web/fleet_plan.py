"""The crawl of the politeness suites: which hosts there are, what they are like, and who asks them how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fleet_judge import Rules

HURRY = 6.0  # seconds of Retry-After


@dataclass(frozen=True)
class Site:
    """A host: how long it takes to answer, what it answers in turn (again and again), and who asks.

    `requests` in all come from `askers` of the processes. An answer is a status; 0 is a challenge, a negative one
    carries a Retry-After of HURRY seconds.
    """

    host: str
    key: str
    requests: int
    seconds: float = 0.05
    crawl_delay: float = 0.0
    answers: tuple[int, ...] = (200,)
    askers: int = 1

    def quota(self, process: int, processes: int, place: int) -> int:
        """How many of its requests a process makes; `place` is its own in the list of sites."""
        rank = (process - place) % processes
        return self.requests // self.askers + (rank < self.requests % self.askers) if rank < self.askers else 0


def big(requests: int) -> list[Site]:
    """200 hosts, so that none takes much longer than another; ordinary ones fill up to so many requests."""
    sites = [
        *(Site(f"parish-{n}.see-{n % 8}.example", f"see-{n % 8}", 47, 0.3, askers=1 + n % 2) for n in range(40)),
        *(Site(f"parish-{n}.ecatholic.com", "ecatholic", 52, 0.12) for n in range(20)),
        *(Site(f"www.delay-{n}.example", f"delay-{n}", 20, crawl_delay=5.0, askers=1 + n % 5) for n in range(15)),
        *(Site(f"www.slow-{n}.example", f"slow-{n}", 23, 0.8, askers=1 + n % 2) for n in range(10)),
        *(Site(f"www.busy-{n}.example", f"busy-{n}", 36, answers=(200,) * 7 + (-503, 200, -429)) for n in range(10)),
        *(Site(f"www.broken-{n}.example", f"broken-{n}", 5, answers=(500,), askers=5) for n in range(3)),
        *(Site(f"www.walled-{n}.example", f"walled-{n}", 1, answers=(0,), askers=1) for n in range(2)),
    ]
    left, ordinary = requests - sum(site.requests for site in sites), 200 - len(sites)
    return sites + [
        Site(f"www.parish-{n}.example", f"parish-{n}", left // ordinary + (n < left % ordinary), askers=1 + n % 2)
        for n in range(ordinary)
    ]


def small() -> list[Site]:
    """20 hosts, each asked by all of the processes."""
    return [Site(f"parish-{n}.see-{n % 4}.example", f"see-{n % 4}", 20, 0.4, askers=5) for n in range(20)]


def rules(sites: Sequence[Site], pace: float) -> Rules:
    """What the judge has to know of these sites."""
    return Rules(
        keys={site.host: (site.key,) for site in sites},
        crawl_delays={site.host: site.crawl_delay for site in sites if site.crawl_delay},
        pace=pace,
    )
