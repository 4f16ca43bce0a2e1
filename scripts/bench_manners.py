"""What the server's log says of the crawl's manners, and of the least time in which they could be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench_nation import Plan, Served
from fleet_judge import Rules, Seen, bounds, violations
from nation.sites import Web
from protego import Protego

from vitality_lib.web.domain import registrable_domain
from vitality_lib.web.manners import platform_of

_AGENT = "DiocesanVitality"


@dataclass(frozen=True)
class Witnessed:
    """Requests, seconds from the first to the last, the least that they could take and whose that is, rules broken."""

    requests: int
    seconds: float
    least: float
    bound: str
    broken: Sequence[str]


def witnessed(log: Sequence[Served], plan: Plan, pace: float, known: frozenset[str] = frozenset()) -> Witnessed:
    """What a log says, of a crawl of this nation at this pace; the robots.txt of `known` hosts was read before."""
    if not log:
        raise SystemExit("bench: the server was asked nothing")
    texts = robots_of(plan, {one.host for one in log})
    return judged(log, texts, pace, known)


def judged(
    log: Sequence[Served], robots: Mapping[str, str], pace: float, known: frozenset[str] = frozenset()
) -> Witnessed:
    """The same, with the robots.txt of each host that has one."""
    parsed = {host: Protego.parse(text) for host, text in robots.items()}
    delays = {host: float(rules.crawl_delay(_AGENT) or 0) for host, rules in parsed.items()}
    rules = Rules({one.host: keys_of(one.host) for one in log}, delays, pace)
    seen = [Seen(one.host, one.began, one.ended, one.status) for one in log]
    limits = bounds(seen, rules)
    slowest = max(limits, key=lambda name: limits[name])
    seconds = max(one.ended for one in log) - min(one.began for one in log)
    broken = [*violations(seen, rules), *without_robots(log, known), *against_robots(log, parsed)]
    return Witnessed(len(log), seconds, limits[slowest], slowest, broken)


def keys_of(host: str) -> tuple[str, ...]:
    """What a host shares with others: its registrable domain and its platform."""
    named = registrable_domain(host), platform_of(host)
    return tuple(f"all of {name}" for name in named if name)


def without_robots(log: Iterable[Served], known: frozenset[str] = frozenset()) -> list[str]:
    """Hosts that were asked for something before their robots.txt was answered."""
    first: dict[str, Served] = {}
    for one in sorted(log, key=lambda one: one.began):
        first.setdefault(one.host, one)
    return [
        f"{one.host}: {one.target} before robots.txt"
        for one in first.values()
        if one.target != "/robots.txt" and one.host not in known
    ]


def against_robots(log: Iterable[Served], robots: Mapping[str, Protego]) -> list[str]:
    """Requests that the robots.txt of their host forbids."""
    return [
        f"{one.host}: {one.target} is forbidden by robots.txt"
        for one in log
        if one.target != "/robots.txt" and one.host in robots
        and not robots[one.host].can_fetch(f"http://{one.host}{one.target}", _AGENT)
    ]  # fmt: skip


def robots_of(plan: Plan, hosts: Iterable[str]) -> dict[str, str]:
    """The robots.txt of each host that has one, from the nation itself."""
    web = Web(plan)
    answers = {host: web.answer(host, "/robots.txt") for host in hosts}
    return {host: one.body.decode() for host, one in answers.items() if one and one.status == 200}
