"""Step 2: where a diocese keeps its parish directory."""

from __future__ import annotations

from vitality_lib.discovery import find
from vitality_lib.discovery.find import Search
from vitality_lib.discovery.first_guesses import guess_for
from vitality_lib.models import Outcome, Stage, UnitKind
from vitality_lib.store import directories, overrides, pages, whole_visits
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units.asked import Asked, Got
from vitality_lib.units.short_visit import basis_of, door_for, short_visit, standing
from vitality_lib.units.work import Work, of_diocese, record

_UNIT = (Stage.DISCOVERY, UnitKind.DIOCESE)


async def find_directory(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """A diocese's site is asked for its parish directory; candidates are fetched and proved before one is chosen.

    An address that a person named comes first, and its use is noted. While the homepage and the directory are
    unchanged, the choice stands: see `units.short_visit`.
    """
    async with work.database.transaction() as connection:
        named = await overrides.of(connection, diocese.id, work.now())
        last = (await whole_visits.of(connection, *_UNIT, [diocese.id])).get(diocese.id)
    door = (await door_for(work, [last] if last else [])).budget(work.settings.requests_per_directory)
    website, guess, pinned = diocese.diocese.website, guess_for(diocese.diocese.name), named.url if named else None
    rank, asked = work.assistant.rank, Asked(door)
    basis = basis_of(work.settings, website, guess, pinned, rank is not None)
    stands = await short_visit(work, last, basis, asked)
    search = None if stands else await find.find_directory(website, asked.get, guess=guess, pinned=pinned, rank=rank)
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await pages.confirm_all(connection, asked.still)
        changed = False
        if search:
            changed = await _publish(work, connection, diocese, search)
            kept = standing(work, search.outcome, 1, asked, rests_on=_rests_on(search, asked), basis=basis)
            await whole_visits.keep(connection, *_UNIT, diocese.id, kept)
        outcome = asked.told(search.outcome) if search else stands
        assert outcome is not None
        found = int(search is None or search.found is not None)
        await record(work, connection, of_diocese(diocese, Stage.DISCOVERY, outcome, found, door.requests), changed)
    return outcome


async def _publish(work: Work, connection: Connection, diocese: KnownDiocese, search: Search) -> bool:
    """The directory found becomes the diocese's; whether that is a change. Without one the last good one stays."""
    found = search.found
    if not found:
        return False
    changed = await directories.publish(
        connection, diocese.id, found.chosen, platform=found.platform, proved=found.proof.count, now=work.now()
    )
    if find.NAMED in found.chosen.reasons:
        await overrides.used(connection, diocese.id, work.now())
    return changed


def _rests_on(search: Search, asked: Asked) -> list[Got]:
    """What was asked first, which is the homepage or the address that a person named, and the directory."""
    if not search.found:
        return []
    url = search.found.chosen.url
    directory = next((one for one in asked.got if url in {one.url, one.request.url}), None)
    return list(dict.fromkeys([asked.got[0], directory])) if directory else []
