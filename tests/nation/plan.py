"""The nation: dioceses and parishes of the sample web's own kinds, as many as are asked for, drawn from a seed.

Every diocese has the platform, and every parish the layout and the services, of one of the sample web; names, places,
hosts and times differ. The same plan gives the same nation, and a smaller one is not a part of a larger one.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from vitality_lib.models import Reason
from vitality_lib.sample import country
from vitality_lib.sample.country import Conduct, Diocese, Line, Parish

DIOCESES, PARISHES = 196, 17_000
VARIANTS = 8  # schedules of one kind: each some steps later than the sample parish's own
_STEP = 5  # minutes
_TROUBLED = 0.08  # share of the parishes whose site is away, hostile or bare, each in one of the sample web's ways
_BROWSER = 0.005  # share that needs a browser
_NO_WEBSITE = 0.04
# What share of the parishes have their site at a host of the platform's, which counts for all of them (DESIGN.md).
_HOSTED = (("ecatholic.com", 0.22), ("wixsite.com", 0.06), ("weebly.com", 0.03), ("wordpress.com", 0.03))
_TROUBLED_DIOCESES = 0.03


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SAINTS = _words(
    "Agnes Anne Anthony Augustine Bernard Brigid Catherine Cecilia Clare Dominic Elizabeth Francis Gabriel Helena "
    "Ignatius James Jerome Joan John Joseph Jude Lawrence Lucy Luke Margaret Mark Martin Mary Matthew Michael Monica "
    "Nicholas Patrick Paul Peter Philip Raphael Rita Rose Stephen Teresa Thomas Timothy Vincent"
)
_FIRST = _words("Ash Brook Cedar Dun Elm Fair Glen Harp Iron Jas King Lake Maple New Oak Palm Quin River Stone")
_LAST = _words("by field ton ville wood view dale ford port burg mont haven ridge side crest bridge grove")
_STREETS = ("Church Street", "Main Street", "Chapel Road", "Oak Avenue", "Mill Lane", "Canal Street")


@dataclass(frozen=True)
class Member:
    """A parish of the nation: its record, and which sample parish's site it has, with times so many steps later."""

    parish: Parish
    mould: int
    variant: int
    latency: float  # seconds that its server takes to answer


@dataclass(frozen=True)
class Plan:
    """How many of each. `epoch` is how often the nation has changed since: each time a share of `changing` parishes
    has other times.
    """

    dioceses: int = DIOCESES
    parishes: int = PARISHES
    seed: int = 7
    epoch: int = 0
    changing: float = 0.05

    @cached_property
    def places(self) -> tuple[Diocese, ...]:
        """The dioceses, without their parishes."""
        return tuple(self._diocese(number) for number in range(self.dioceses))

    @cached_property
    def bounds(self) -> tuple[int, ...]:
        """Where the parishes of each diocese end: a few dioceses are large, most are small."""
        chance = random.Random(f"{self.seed} sizes")
        weights = [0.2 + chance.expovariate(1) for _ in range(self.dioceses)]
        return tuple(round(part / sum(weights) * self.parishes) for part in accumulate(weights))

    def members(self, diocese: int) -> Sequence[Member]:
        """The parishes of a diocese, by its number from 0."""
        first = self.bounds[diocese - 1] if diocese else 0
        return [self.member(diocese, number) for number in range(first, self.bounds[diocese])]

    def diocese(self, number: int) -> Diocese:
        """A diocese with all its parishes."""
        return replace(self.places[number], listed=tuple(member.parish for member in self.members(number)))

    def member(self, diocese: int, number: int) -> Member:
        """One parish, by its number from 0."""
        chance = random.Random(f"{self.seed} parish {number}")
        mould = _kind(chance)
        later = chance.randrange(VARIANTS) + sum(
            random.Random(f"{self.seed} change {epoch} {number}").random() < self.changing
            for epoch in range(1, self.epoch + 1)
        )
        where, saint = self.places[diocese], chance.choice(_SAINTS)
        city = chance.choice(_FIRST) + chance.choice(_LAST)
        slug = f"st{saint}{city}{number}".lower()
        parish = MOULDS[mould]
        website = None
        if parish.site:
            website = f"http://{_host(slug, chance)}/"
            site = replace(parish.site, moved_to=f"new.{slug}.example" if parish.site.moved_to else "")
        record = replace(
            parish,
            name=f"St. {saint} {number}",
            street=f"{chance.randrange(1, 999)} {chance.choice(_STREETS)}",
            city=city,
            state=where.state,
            zip=where.zip[:3] + f"{chance.randrange(100):02}",
            phone=f"({chance.randrange(201, 990)}) 555-{chance.randrange(100, 200):04}",
            email=f"office@{slug}.example",
            website=website,
            latitude=round(_CENTRES[where.state][0] + chance.uniform(-0.5, 0.5), 4),
            longitude=round(_CENTRES[where.state][1] + chance.uniform(-0.5, 0.5), 4),
            site=site if parish.site else None,
            lines=tuple(_later(line, later % VARIANTS) for line in parish.lines),
        )
        return Member(record, mould, later % VARIANTS, _latency(chance))

    def latency(self, diocese: int) -> float:
        """Seconds that the server of a diocese takes to answer."""
        return _latency(random.Random(f"{self.seed} latency {diocese}"))

    def _diocese(self, number: int) -> Diocese:
        chance = random.Random(f"{self.seed} diocese {number}")
        well = [one for one in country.dioceses() if one.directory and one.conduct is Conduct.WELL]
        troubled = [one for one in country.dioceses() if not one.directory and one.website]
        kind = chance.choice(troubled) if chance.random() < _TROUBLED_DIOCESES else well[number % len(well)]
        town = f"{_FIRST[number % len(_FIRST)]}{_LAST[number // len(_FIRST) % len(_LAST)]}"
        host = f"www.dioceseof{town}.example".lower()
        return replace(
            kind,
            name=f"Diocese of {town}",
            city=town,
            website=f"http://{host}/",
            key=_key(kind, number),
            listed=(),
        )

    def parishes_of_all(self) -> Iterator[tuple[int, Member]]:
        """Every parish, with the number of its diocese."""
        for diocese in range(self.dioceses):
            for member in self.members(diocese):
                yield diocese, member


# The sample parishes that serve as moulds: whose record is complete and whose outcome is their site's own doing.
MOULDS = tuple(parish for diocese in country.dioceses() for parish in diocese.parishes)
_CENTRES = {
    parish.state: (parish.latitude, parish.longitude) for parish in MOULDS if parish.latitude and parish.longitude
}
_CENTRES = {one.state: _CENTRES.get(one.state, (40.0, -90.0)) for one in country.dioceses()}


def _group(keep: Callable[[Parish], object]) -> tuple[int, ...]:
    return tuple(number for number, parish in enumerate(MOULDS) if keep(parish))


_WITHOUT = _group(lambda parish: parish.reason is Reason.NO_WEBSITE and not parish.site)
_BY_SCRIPT = _group(lambda parish: parish.site and parish.site.layout == "script_rendered")
_IN_TROUBLE = _group(
    lambda parish: parish.site and parish.site.layout != "script_rendered"
    and (parish.reason is not Reason.OK or parish.site.conduct is not Conduct.WELL)
)  # fmt: skip
_WELL = _group(
    lambda parish: parish.site and parish.site.layout != "script_rendered" and parish.reason is Reason.OK
    and parish.site.conduct is Conduct.WELL
)  # fmt: skip


def _kind(chance: random.Random) -> int:
    drawn = chance.random()
    for share, group in ((_NO_WEBSITE, _WITHOUT), (_BROWSER, _BY_SCRIPT), (_TROUBLED, _IN_TROUBLE)):
        if drawn < share:
            return chance.choice(group)
        drawn -= share
    return chance.choice(_WELL)


def _host(slug: str, chance: random.Random) -> str:
    drawn = chance.random()
    for domain, share in _HOSTED:
        if drawn < share:
            return f"{slug}.{domain}"
        drawn -= share
    return f"www.{slug}.example"


def _latency(chance: random.Random) -> float:
    """Most sites answer within half a second, a few take several."""
    return min(0.35 * math.exp(chance.gauss(0, 0.7)), 6.0)


def _key(kind: Diocese, number: int) -> str:
    if kind.platform == "framed_list":
        return f"directory.diocese{number}.example"
    return str(number + 1) if kind.key.isdigit() else f"{kind.key}{number}" if kind.key else ""


def _later(line: Line, steps: int) -> Line:
    return replace(
        line,
        starts=tuple(_moved(start, steps) for start in line.starts),
        end=_moved(line.end, steps) if line.end else None,
    )


def _moved(time: str, steps: int) -> str:
    """So many steps later, but within the same hour, so that morning stays morning and no day ends sooner."""
    if not re.fullmatch(r"\d\d:\d\d", time) or time == "24:00":
        return time
    hour, minute = time.split(":")
    later = int(minute) + steps * _STEP
    return f"{hour}:{later:02}" if later < 60 else time
