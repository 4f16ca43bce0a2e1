"""Reading stored pages again with the readers of today: what that would change, and publishing just that when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitality_lib.models import Stage
from vitality_lib.store import dioceses
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units.differences import DioceseDifference
from vitality_lib.units.reparse_directories import propose_directory, publish_directory, published_parishes
from vitality_lib.units.reparse_schedules import read_schedules
from vitality_lib.units.work import Work
from vitality_lib.work import run_ledger
from vitality_lib.work.claims import claim


@dataclass(frozen=True)
class Reparsed:
    """What reading again changes, by diocese; `busy` are those that another worker holds."""

    differences: tuple[DioceseDifference, ...]
    busy: tuple[str, ...] = ()


async def reparse(work: Work, *, publish: bool, schedules_only: bool) -> Reparsed:
    """Read the stored pages of the chosen dioceses again, and tell what differs from what is published.

    With `publish` that, and nothing else, is published, each diocese under its lease. What was never stored is left
    alone. Raises Interrupted when the end is asked for.
    """
    stages = (Stage.SCHEDULE,) if schedules_only else (Stage.EXTRACTION, Stage.SCHEDULE)
    async with work.database.transaction() as connection:
        chosen = await dioceses.due(
            connection, Stage.DISCOVERY, work.now(), names=work.settings.dioceses,
            at_most=work.settings.max_dioceses, force=True,
        )  # fmt: skip
    if publish:
        for stage in stages:
            await run_ledger.begin(work.database, work.run, stage, [], work.now)
    found, busy = [], []
    for diocese in sorted(chosen, key=lambda one: one.id):
        one = await _diocese(work, diocese, stages, publish=publish)
        if one is None:
            busy.append(diocese.name)
        else:
            found.append(one)
    if publish:
        for stage in stages:
            await run_ledger.end(work.database, work.run, stage, work.now)
    return Reparsed(tuple(found), tuple(busy))


async def _diocese(
    work: Work, diocese: KnownDiocese, stages: Sequence[Stage], *, publish: bool
) -> DioceseDifference | None:
    """One diocese; None when another worker holds it."""
    difference = DioceseDifference(diocese.name)
    if not publish:
        await _compare(work, diocese, stages, difference)
        return difference
    for stage in stages:
        async with claim(work.database, diocese.id, stage, work.worker, work.settings.lease_seconds) as held:
            if held is None:
                return None
            if stage is Stage.EXTRACTION:
                await publish_directory(work, diocese, difference, held)
            else:
                known = await published_parishes(work, diocese)
                await read_schedules(work, diocese, known.values(), difference, held)
    return difference


async def _compare(work: Work, diocese: KnownDiocese, stages: Sequence[Stage], difference: DioceseDifference) -> None:
    known = await published_parishes(work, diocese)
    if Stage.EXTRACTION in stages:
        known = await propose_directory(work, diocese, known, difference)
    await read_schedules(work, diocese, known.values(), difference, None)
