"""What a hostile case is: a host with a behaviour, how we come to it, and the outcome that must be had of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from hostile_server import Behaviour, Visitor

from vitality_lib.models import Reason


class Way(Enum):
    """How a host is come to."""

    GET = "a request through the door"
    READ = "a request through the door, and everything that reads pages"
    BROWSE = "a page shown in the browser"
    VISIT = "a visit to a parish's website, of eight requests"
    COLLECT = "a parish directory, of forty requests"
    FIND = "the search for a parish directory, of forty requests"


async def _nothing(visitor: Visitor) -> None:
    await visitor.reply("<p>Mass")


@dataclass(frozen=True)
class Case:
    """`expect`: the outcomes that are right, OK for a page. `url` is what is asked for (`{host}`, `{canary}`).

    `answers` are the addresses that successive lookups of the host give; with `forget` none of them is remembered.
    `holds` must stand in the page, `lacks` must not; `says` must stand in the outcome's detail. `most` bounds the
    requests that the host sees. What is `slow` belongs to `make chaos`.
    """

    expect: Reason | tuple[Reason, ...] = Reason.OK
    behave: Behaviour = _nothing
    url: str = "http://{host}/"
    way: Way = Way.GET
    robots: bool = False
    answers: tuple[tuple[str, ...], ...] = ()
    forget: bool = False
    holds: bytes = b""
    lacks: bytes = b"the-secret"
    says: str = ""
    most: int = 14
    slow: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.expect if isinstance(self.expect, tuple) else (self.expect,)


def host_of(name: str) -> str:
    """The host that plays a case."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:60].strip("-") + ".example"
