"""From a host name to the very addresses that may be connected to.

`VITALITY_RESOLVE` sends a host elsewhere; such a host is exempt from the guard, because the operator sent it there.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass

from vitality_lib.settings import Settings
from vitality_lib.web.domain import registrable_domain
from vitality_lib.web.guard import address_key, is_public, is_web_port
from vitality_lib.web.manners import platform_of
from vitality_lib.web.url import Address

_REMEMBERED_SECONDS = 60.0
_MOST_REMEMBERED = 4096
_MOST_TRIED = 3


class NameNotFoundError(Exception):
    """The host name leads to no address."""


class ForbiddenAddressError(Exception):
    """The host leads only to addresses that are not public."""


@dataclass(frozen=True)
class Place:
    """Where a host is: addresses in the order to try them, and the keys it shares with other hosts.

    Keys: `domain:` its registrable domain, `net:` the network (/24 of IPv4, /48 of IPv6) of each address that may be
    tried, `platform:` its hosting platform. A mapped host has an address of its own, and so no network.
    """

    addresses: tuple[str, ...]
    keys: tuple[str, ...]
    mapped_port: int | None = None


class Resolver:
    """Looks hosts up, checks what comes back, and remembers it for a minute, so that what was checked is used."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._places: dict[str, tuple[float, Place]] = {}

    async def place(self, host: str, port: int) -> Place:
        """Where `host` (canonical) is. Raises NameNotFoundError, or ForbiddenAddressError for a port no website has."""
        place = await self._place(host)
        if place.mapped_port is None and not is_web_port(port):
            raise ForbiddenAddressError(f"port {port} is no website's")
        return place

    async def _place(self, host: str) -> Place:
        now = asyncio.get_running_loop().time()
        known = self._places.get(host)
        if known and now - known[0] < _REMEMBERED_SECONDS:
            return known[1]
        place = self._mapped(host) or await self._looked_up(host)
        if len(self._places) >= _MOST_REMEMBERED:
            self._places.clear()
        self._places[host] = (now, place)
        return place

    def _mapped(self, host: str) -> Place | None:
        target = self._settings.resolved(host)
        by_name = host in self._settings.resolve_map
        if target is None or (_is_literal(host) and not by_name and not is_public(host)):
            return None
        return Place((target[0],), _keys((host,), ()), target[1])

    async def _looked_up(self, host: str) -> Place:
        found, alias = await _lookup(host)
        addresses = tuple(address for address in found if is_public(address))[:_MOST_TRIED]
        if not addresses:
            raise ForbiddenAddressError(f"{host} leads to {found[0]}, no public address")
        return Place(addresses, _keys((host, alias), addresses))


def _keys(names: tuple[str, ...], addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a host, by its name (and its alias's) and its addresses, sorted."""
    domain, platform = registrable_domain(names[0]), platform_of(*names)
    keys = {address_key(address) for address in addresses}
    keys |= {f"domain:{domain}"} if domain else set()
    return tuple(sorted(keys | {f"platform:{platform}"} if platform else keys))


async def _lookup(host: str) -> tuple[list[str], str]:
    """Every address of a host, in the system's order, and the name that its alias leads to."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
    except (socket.gaierror, UnicodeError) as error:
        raise NameNotFoundError(f"{host}: {error}") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    return addresses, found[0][3].lower().rstrip(".")


def _is_literal(host: str) -> bool:
    return Address("http", host, 80, "/").literal is not None
