"""One event: what happened, to whom, when. Its JSON is described by `schema/event-1.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

VERSION = 1


@dataclass(frozen=True)
class Teller:
    """The worker that tells, and since when it has been at work. `type` is what it was started for."""

    worker: str
    type: str
    run: str
    since: datetime


@dataclass(frozen=True)
class Event:
    """Something that happened. `stage` is the stage in hand, None between two; `data` depends on the kind."""

    teller: Teller
    kind: str
    at: datetime
    stage: str | None
    data: Mapping[str, object]
    id: UUID = field(default_factory=uuid4)

    def body(self, dropped: int = 0) -> bytes:
        """As it is posted; `dropped` is how many events before it were lost."""
        facts = {
            "version": VERSION,
            "id": str(self.id),
            "at": self.at.isoformat(),
            "worker": self.teller.worker,
            "type": self.teller.type,
            "run": self.teller.run,
            "stage": self.stage,
            "kind": self.kind,
            "data": dict(self.data),
        }
        return encoded({**facts, "dropped": dropped} if dropped else facts)


def encoded(facts: Mapping[str, object]) -> bytes:
    """JSON in UTF-8, as compact as it goes."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
