"""A short visit: when the pages that the last whole visit's reading rests on are unchanged, the reading stands.

Nothing is parsed and nothing is published anew. Whatever is otherwise leads to a whole visit, which does not ask again
for what the short one got.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta

from vitality_lib.models import Outcome, Page
from vitality_lib.settings import Settings
from vitality_lib.store.pages import Kept
from vitality_lib.store.whole_visits import Pillar, WholeVisit
from vitality_lib.units.asked import Asked, Got
from vitality_lib.units.reader_version import reader_version
from vitality_lib.units.work import Work
from vitality_lib.web.door import Door
from vitality_lib.web.robots import product_token
from vitality_lib.web.stored import StoredDoor


def basis_of(settings: Settings, *parts: object) -> str:
    """A hash of what a reading depends on beside its pages: these parts, the version of the readers, and the name under
    which pages speak to us.
    """
    known = [reader_version(), product_token(settings.user_agent), *parts]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


async def door_for(work: Work, visits: Iterable[WholeVisit]) -> Door | StoredDoor:
    """The door, having looked up what is kept of the pages that short visits after these ask for."""
    if isinstance(work.door, StoredDoor):
        return work.door
    return await work.door.recalling(page.request for last in visits for page in last.pages)


async def short_visit(work: Work, last: WholeVisit | None, basis: str, asked: Asked) -> Outcome | None:
    """The outcome of the last whole visit, when it stands; None when a whole visit is needed, and `asked.why` says why.

    It is needed when there was none that may stand, when it is too old (the setting `whole_visit_days`), when it rests
    on another `basis`, or when one of its pages is another one, has moved or cannot be had.
    """
    if last is None or isinstance(asked.door, StoredDoor):
        return None
    day = f"{last.visited_at:%Y-%m-%d}"
    if last.basis != basis:
        asked.why = f"whole visit: readers, settings or address are others than on {day}"
        return None
    if work.now() - last.visited_at >= timedelta(days=work.settings.whole_visit_days):
        asked.why = f"whole visit: the last one was on {day}"
        return None
    routes = []
    for page in last.pages:
        if not _stands(page, await asked.first(asked.door, page.request)):
            asked.why = f"whole visit: {page.url} is not what it was on {day}"
            return None
        routes.append(f"http {page.url}: unchanged, the reading of {day} stands")
    return Outcome(last.reason, last.detail, tuple(routes))


def _stands(pillar: Pillar, answer: Kept | Page | Outcome) -> bool:
    if isinstance(answer, Kept):
        return (answer.final_url, answer.body_hash) == (pillar.final, pillar.hash)
    return isinstance(answer, Page) and (answer.url, answer.sha256) == (pillar.final, pillar.hash)


def standing(
    work: Work, outcome: Outcome, facts: int, asked: Asked, *, rests_on: Iterable[Got], basis: str
) -> WholeVisit | None:
    """What a whole visit that ended well leaves for short ones; None when its reading cannot stand."""
    pages = asked.pillars(rests_on)
    return WholeVisit(work.now(), basis, outcome.reason, outcome.detail, facts, pages) if pages else None
