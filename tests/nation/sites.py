"""What every host of the nation answers, made when it is first asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qs

from nation.moulds import pages_of
from nation.plan import Plan
from vitality_lib.sample import hosts, pages
from vitality_lib.sample.hosts import Answer, Host

_PER_PAGE = 25  # parishes on one page of a directory in parts
_MAPS = "www.google.com"  # all dioceses share this path of it, and differ in the query only
_KEPT = 2048  # parish sites that are kept ready


class Web:
    """The hosts of a plan. Parish sites are made anew when they were not asked for a while."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._fixed: dict[str, Host] = {}
        self._maps: dict[str, Answer] = {}
        self._latency: dict[str, float] = {}
        self._parish_of: dict[str, tuple[int, int]] = {}
        self._make_dioceses()
        self._site = lru_cache(_KEPT)(self._made)

    def host(self, name: str) -> Host | None:
        """What a host answers, or None when the nation has none of that name."""
        found = self._fixed.get(name)
        if found:
            return found
        where = self._parish_of.get(name)
        return self._site(*where).get(name) if where else None

    def answer(self, name: str, target: str) -> Answer | None:
        """The answer to a request for a target, or None for a host that there is not."""
        if name == _MAPS:
            mid = parse_qs(target.partition("?")[2]).get("mid", [""])[0]
            return self._maps.get(mid, hosts.NOT_FOUND) if mid else None
        host = self.host(name)
        return host.answer(target) if host else None

    def latency(self, name: str) -> float:
        """Seconds that a host takes to answer."""
        return self._latency.get(name, 0.1)

    @property
    def names(self) -> int:
        """How many hosts there are, with and without `www.` counted apart."""
        return len(self._fixed) + len(self._parish_of)

    @property
    def pages(self) -> int:
        """How many pages the dioceses and the list of them have; parish sites are not counted."""
        own = {id(host): len(host.answers) for host in self._fixed.values()}
        return sum(own.values()) + len(self._maps)

    def _make_dioceses(self) -> None:
        listed = hosts.well(pages.usccb(self._plan.places))
        self._fixed |= dict.fromkeys(hosts.aliases(pages.USCCB_HOST), listed)
        shared: dict[str, dict[str, Answer]] = {}
        for number in range(self._plan.dioceses):
            diocese = self._plan.diocese(number)
            for name, host in hosts.of_diocese(diocese, pages.of_diocese(diocese, _PER_PAGE)).items():
                if name == _MAPS:
                    self._maps[diocese.key] = host.answer("/maps/d/kml")
                    continue
                shared[name] = shared.get(name, {}) | host.answers  # several dioceses have data at a platform's host
                both = Host(shared[name]) if name in self._fixed else host
                self._add(name, both, self._plan.latency(number))
            self._add_parishes(number)

    def _add(self, name: str, host: Host, latency: float) -> None:
        for alias in hosts.aliases(name):
            self._fixed[alias] = host
            self._latency[alias] = latency

    def _add_parishes(self, diocese: int) -> None:
        first = self._plan.bounds[diocese - 1] if diocese else 0
        for place, member in enumerate(self._plan.members(diocese)):
            site = member.parish.site
            for name in filter(None, (member.parish.host, site.moved_to if site else "")):
                for alias in hosts.aliases(name):
                    self._parish_of[alias] = diocese, first + place
                    self._latency[alias] = member.latency

    def _made(self, diocese: int, number: int) -> Mapping[str, Host]:
        member = self._plan.member(diocese, number)
        own = hosts.of_parish(member.parish, pages_of(member))
        return {alias: host for name, host in own.items() for alias in hosts.aliases(name)}
