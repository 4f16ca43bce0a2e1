"""Step 2: where a diocese keeps its parish directory."""

from __future__ import annotations

from vitality_lib.discovery import find
from vitality_lib.discovery.first_guesses import guess_for
from vitality_lib.models import Outcome, Stage
from vitality_lib.store import directories, overrides
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units.work import Work, of_diocese, record


async def find_directory(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """A diocese's site is asked for its parish directory; candidates are fetched and proved before one is chosen.

    An address that a person named comes first, and its use is noted.
    """
    door = work.door.budget(work.settings.requests_per_directory)
    async with work.database.transaction() as connection:
        named = await overrides.of(connection, diocese.id, work.now())
    search = await find.find_directory(
        diocese.diocese.website,
        door.get,
        guess=guess_for(diocese.diocese.name),
        pinned=named.url if named else None,
        rank=work.assistant.rank,
    )
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        found, changed = search.found, False
        if found:  # otherwise the last good directory stays
            changed = await directories.publish(
                connection,
                diocese.id,
                found.chosen,
                platform=found.platform,
                proved=found.proof.count,
                now=work.now(),
            )
            if find.NAMED in found.chosen.reasons:
                await overrides.used(connection, diocese.id, work.now())
        done = of_diocese(diocese, Stage.DISCOVERY, search.outcome, int(found is not None), door.requests)
        await record(work, connection, done, changed)
    return search.outcome
