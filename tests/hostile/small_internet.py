"""A small internet on loopback: names and public addresses lead to servers of ours, and who tries to leave is noted.

No packet leaves this machine: a connection to any other address is refused before it is made.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from typing import Any

WEBSITE = "93.184.215.14"  # a public address, so that the guard is in full force; never connected to itself


@dataclass
class SmallInternet:
    """`names` gives the answers to successive lookups of a host (the last for ever); `routes` where an address and port
    really are, as ports of 127.0.0.1; `attempts` every connection tried to an address that is not public."""

    names: dict[str, list[list[str]]]
    routes: dict[tuple[str, int], int]
    canary: int
    attempts: list[str] = field(default_factory=list)

    def resolved(self, host: str) -> list[str]:
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "no such name in the small internet")
        return answers.pop(0) if len(answers) > 1 else answers[0]


class FencedLoop(asyncio.SelectorEventLoop):
    """An event loop on the small internet. The canary's port on loopback is reached for real: that is a fault."""

    def __init__(self, internet: SmallInternet) -> None:
        super().__init__()
        self._internet = internet

    async def getaddrinfo(self, host: Any, port: Any, **how: Any) -> Any:
        if _is_literal(host):
            return await super().getaddrinfo(host, port, **how)
        found = []
        for address in self._internet.resolved(host):
            found += await super().getaddrinfo(address, port, **how)
        return found

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        where = (address[0], address[1])
        port = self._internet.routes.get(where)
        if port is not None:
            return await super().sock_connect(sock, ("127.0.0.1", port))
        if where[0] not in {ip for ip, _ in self._internet.routes}:
            self._internet.attempts.append(f"{where[0]} {where[1]}")
        if where[1] == self._internet.canary:
            return await super().sock_connect(sock, address)
        raise ConnectionRefusedError(f"{where} is not on the small internet")


def _is_literal(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        return False
    return True
