"""The canary: two sites whose truth is known are read before a cycle begins. If it dies, we are ill, not the web.

Both belong to the sample web, which the worker serves to itself on loopback. They are read by the same code through a
real door, but one with a memory of its own: no table has a row of what is read.

Once a cycle is enough: when it sang, the other tasks of the run find that in the ledger. Nobody waits for another's
song, for whoever sings may die over it: tasks that begin at the same moment each hear it, and one whose canary dies
leaves no word, so that no site is visited by any task before it was heard to sing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

import structlog

from vitality_lib.calendar.english import say
from vitality_lib.models import Outcome, ParishEntry, Service, Stage
from vitality_lib.store import ledger
from vitality_lib.units.work import Work
from vitality_lib.web.door import Door, open_door
from vitality_lib.work.endings import StageFailed

if TYPE_CHECKING:
    from vitality_lib.sample.truth import TrueDiocese, TrueParish, Truth

_SITES = 2
_SHOWN = 3
_log = structlog.get_logger(__name__)
Difference = str | None
Facts = Mapping[Hashable, str]  # each fact with its words


class CanaryDied(StageFailed):
    """A site whose truth is known was not read as it is. Says which, what was expected and what was got."""


async def hear_canary(work: Work, stage: Stage) -> None:
    """Read the first two sites of the sample web, when VITALITY_CANARY is on, the stage is one that reads sites, and
    nobody did for this run.

    Raises CanaryDied at the first difference.
    """
    sing = _SONGS.get(stage)
    if sing is None or work.settings.canary == "off" or await _sang(work, stage):
        return
    from vitality_lib.sample import PACE, serve, truth  # noqa: PLC0415 - a whole country: only who needs it makes it

    async with serve(PACE) as port:
        here = work.settings.model_copy(update={"resolve": f"*=127.0.0.1:{port}", "pace": PACE})
        async with open_door(here, None) as door:
            difference = await sing(door, truth.load(), here.requests_per_directory, here.requests_per_parish)
    if difference:
        raise CanaryDied(
            f"the canary of {stage} died, so no site was visited: {difference}; this software or this machine is at"
            " fault: see what was changed last"
        )
    _log.info("the canary sings", stage=stage.value)
    async with work.database.transaction() as connection:
        await ledger.record_song(connection, work.run, stage, work.now())


async def _sang(work: Work, stage: Stage) -> bool:
    async with work.database.transaction() as connection:
        return await ledger.canary_sang(connection, work.run, stage)


async def _directories(door: Door, truth: Truth, most: int, _: int) -> Difference:
    chosen = [diocese for diocese in truth.dioceses if diocese.directory_url][:_SITES]
    return await _first(_directory(door, diocese, most) for diocese in chosen)


async def _directory(door: Door, true: TrueDiocese, most: int) -> Difference:
    from vitality_lib.units.parish_list import read_directory_at  # noqa: PLC0415 - the readers of its own stage only

    assert true.directory_url
    read = await read_directory_at(true.directory_url, door.budget(most), most)
    got = read if isinstance(read, Outcome) else _told(read.reading.parishes)
    return _difference(true.directory_url, _told(parish.entry for parish in true.parishes), got)


def _told(entries: Iterable[ParishEntry]) -> Facts:
    return {entry: str({name: value for name, value in entry.record().items() if value}) for entry in entries}


async def _parishes(door: Door, truth: Truth, _: int, most: int) -> Difference:
    chosen = [parish for parish in truth.parishes if parish.services][:_SITES]
    return await _first(_parish(door, parish, most) for parish in chosen)


async def _parish(door: Door, true: TrueParish, most: int) -> Difference:
    from vitality_lib.schedules.visit import visit  # noqa: PLC0415 - as above

    seen = await visit(true.entry.website, door.budget(most).get, most)
    got = _said(seen.services) if seen.outcome.ok else seen.outcome
    return _difference(str(true.entry.website), _said(true.services), got)


def _said(services: Iterable[Service]) -> Facts:
    return {service.value: f"{service.type} {say(service)}" for service in services}


async def _first(sites: Iterable[Awaitable[Difference]]) -> Difference:
    found = [await site for site in sites]
    return next(filter(None, found), None)


def _difference(site: str, expected: Facts, got: Facts | Outcome) -> Difference:
    """Where the two differ, in words; the order does not matter."""
    if isinstance(got, Outcome):
        return f"at {site} {len(expected)} facts were expected, and got was {got.reason}: {got.detail}"
    if expected.keys() == got.keys():
        return None
    missing, surplus = _less(expected, got), _less(got, expected)
    return f"at {site} expected and not got: {missing}; got and not expected: {surplus}"


def _less(some: Facts, others: Facts) -> str:
    words = [words for fact, words in some.items() if fact not in others]
    return "; ".join(words[:_SHOWN] + ["..."] * (len(words) > _SHOWN)) or "nothing"


_SONGS: dict[Stage, Callable[[Door, Truth, int, int], Awaitable[Difference]]] = {
    Stage.EXTRACTION: _directories,
    Stage.SCHEDULE: _parishes,
}
