"""One page that a visit read."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Reason, Service, ServiceType
from vitality_lib.schedules.contradictions import PageServices
from vitality_lib.schedules.doubts import Doubt


@dataclass(frozen=True)
class PageRead:
    """A page: its final address, the hash of its body, why it was asked for, and what it states.

    `names` are the types of service that the link to it named; `standing` says how much it counts beside others.
    `elsewhere` says where it keeps its times, when it only announces them; `doubts` are its uncertain lines.
    """

    url: str
    page_hash: str
    why: str
    standing: PageServices
    names: frozenset[ServiceType] = frozenset()
    elsewhere: Reason | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def services(self) -> tuple[Service, ...]:
        return self.standing.services

    def kept(self, services: tuple[Service, ...]) -> int:
        """How many services have their best evidence on this page: the surest, and of several the first."""
        best = (max(service.evidence, key=lambda piece: piece.confidence) for service in services if service.evidence)
        return sum(piece.page_hash == self.page_hash for piece in best)
