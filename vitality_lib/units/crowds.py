"""Which parish sites to begin with: those that have to queue for what they share with others.

Of a hosting platform or network two requests at most are in flight, over the whole fleet: a crawl takes at least as
long as its largest crowd needs for that. So the crowds begin at once, and sites that share nothing fill the time
between their turns; among these are the slow ones, which must not be left to the end either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vitality_lib.store import turns
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import KnownParish
from vitality_lib.web.domain import registrable_domain
from vitality_lib.web.manners import platform_of
from vitality_lib.web.url import WebAddressError, canonical

Keys = tuple[str, ...]


async def from_both_ends(connection: Connection, parishes: Sequence[KnownParish]) -> list[KnownParish]:
    """The parishes, in turn one whose site shares its platform, network or domain with the most others, and one whose
    site shares them with the fewest.

    What a host shares is known from its last visit, of a new one by its name. Otherwise the order stays.
    """
    hosts = [host_of(parish.entry.website) for parish in parishes]
    known = await turns.shared(connection, [host for host in hosts if host])
    keys = [known.get(host) or by_name(host) for host in hosts]
    crowds = Counter(key for shared in keys for key in shared)
    sizes = [max((crowds[key] for key in shared), default=0) for shared in keys]
    crowded = sorted(range(len(parishes)), key=lambda place: -sizes[place])
    alone = sorted(range(len(parishes)), key=lambda place: sizes[place])
    in_turn = dict.fromkeys(place for pair in zip(crowded, alone, strict=True) for place in pair)
    return [parishes[place] for place in in_turn]


def host_of(website: str | None) -> str:
    """The host of a website as turns are taken for it (with a port that is not the usual one); empty for none."""
    try:
        return canonical(website or "").authority
    except WebAddressError:
        return ""


def by_name(host: str) -> Keys:
    """What can be told by a host's name alone."""
    domain, platform = registrable_domain(host.partition(":")[0]), platform_of(host.partition(":")[0])
    return (*((f"domain:{domain}",) if domain else ()), *((f"platform:{platform}",) if platform else ()))
