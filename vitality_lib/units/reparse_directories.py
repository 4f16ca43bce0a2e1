"""Stored parish directories, read again: the parishes that there would be, or are from then on."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Outcome, Page, ParishEntry, Purpose, Reason, Request, Stage
from vitality_lib.store import directories, ledger, parishes
from vitality_lib.store.assignments import Claim
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units.differences import DioceseDifference, of_parishes
from vitality_lib.units.parish_list import propose, read_directory, read_parishes
from vitality_lib.units.work import Work
from vitality_lib.web.stored import StoredDoor


@dataclass(frozen=True)
class ReadParish:
    """A parish as it is published, or (`id` None) as it would be."""

    id: int | None
    entry: ParishEntry


async def published_parishes(work: Work, diocese: KnownDiocese) -> dict[str, ReadParish]:
    """The parishes of a diocese as they are published, by identity."""
    async with work.database.transaction() as connection:
        return {one.identity: ReadParish(one.id, one.entry) for one in await parishes.current(connection, diocese.id)}


async def propose_directory(
    work: Work, diocese: KnownDiocese, before: dict[str, ReadParish], difference: DioceseDifference
) -> dict[str, ReadParish]:
    """What the directory read again would change; returns the parishes that there would be, by identity."""
    collection = await read_directory(work, diocese, StoredDoor(work.database))
    if isinstance(collection, Outcome):
        return before
    limit = work.settings.max_parishes_per_diocese
    async with work.database.transaction() as connection:
        proposal = await propose(connection, diocese, collection, limit)
    if proposal.held(limit):
        difference.held = proposal.verdict.why
        return before
    listed = {one.identity: one.entry for one in reversed(proposal.listed[: limit or None])}
    old = _entries(before)
    after = {**old, **listed} if limit else dict(reversed(listed.items()))
    difference.parishes = of_parishes(old, after)
    return {name: ReadParish(before[name].id if name in before else None, entry) for name, entry in after.items()}


async def publish_directory(work: Work, diocese: KnownDiocese, difference: DioceseDifference, held: Claim) -> None:
    """The directory read again and published, when it was ever stored."""
    if not await _directory_is_stored(work, diocese):
        return
    before = await published_parishes(work, diocese)
    async with work.database.transaction() as connection:
        await ledger.plan(connection, work.run, Stage.EXTRACTION, [diocese.id])
    outcome = await read_parishes(work, diocese, held)
    difference.held = outcome.detail if outcome.reason is Reason.HELD_FOR_REVIEW else ""
    after = await published_parishes(work, diocese)
    difference.parishes = of_parishes(_entries(before), _entries(after))


async def _directory_is_stored(work: Work, diocese: KnownDiocese) -> bool:
    async with work.database.transaction() as connection:
        directory = (await directories.of(connection, [diocese.id])).get(diocese.id)
    if directory is None:
        return False
    return isinstance(await StoredDoor(work.database).get(Request(directory.url, Purpose.LIST)), Page)


def _entries(known: dict[str, ReadParish]) -> dict[str, ParishEntry]:
    return {identity: one.entry for identity, one in known.items()}
