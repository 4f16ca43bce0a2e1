"""Directories that people named win until they expire."""

from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Candidate, Outcome, Reason, Stage, UnitKind
from vitality_lib.store import dioceses, directories, ledger, overrides, visits
from vitality_lib.store.database import Connection
from vitality_lib.store.ledger import Finished

URL = "https://larkspur.example/parishes"


async def put(connection: Connection, diocese: int, now: datetime, **more: object) -> None:
    await overrides.put(connection, diocese, URL, why="it moved", set_by="ann", now=now, **more)  # type: ignore[arg-type]


async def test_a_named_directory_is_had_with_who_when_and_why(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await put(connection, larkspur, now)
    found = await overrides.of(connection, larkspur, now)
    assert found == overrides.Override("Diocese of Larkspur", URL, "it moved", "ann", now)


async def test_it_counts_until_it_expires_and_is_listed_still(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await put(connection, larkspur, now, expires_at=now + timedelta(days=1))
    assert await overrides.of(connection, larkspur, now + timedelta(hours=23))
    assert await overrides.of(connection, larkspur, now + timedelta(days=1)) is None
    assert len(await overrides.all_of_them(connection)) == 1


async def test_a_diocese_has_one_and_the_newest_counts(connection: Connection, larkspur: int, now: datetime) -> None:
    await put(connection, larkspur, now)
    await overrides.used(connection, larkspur, now)
    await overrides.put(connection, larkspur, URL + "/all", why="the whole list", set_by="ben", now=now)
    (one,) = await overrides.all_of_them(connection)
    assert (one.url, one.set_by, one.used_at) == (URL + "/all", "ben", None)


async def test_naming_and_removing_one_make_the_diocese_due_for_discovery(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    async def visited() -> None:
        await visits.record(connection, Stage.DISCOVERY, UnitKind.DIOCESE, larkspur, good=True, changed=False, now=now)
        assert not await dioceses.due(connection, Stage.DISCOVERY, now)

    await visited()
    await put(connection, larkspur, now)
    assert await dioceses.due(connection, Stage.DISCOVERY, now)
    await visited()
    assert await overrides.remove(connection, larkspur, now)
    assert await dioceses.due(connection, Stage.DISCOVERY, now)
    assert not await overrides.remove(connection, larkspur, now)


# --- whether the last reading went by it: a story has one event an hour, and the newest reading its hour -------------

PLAIN, LEADS_TO = "https://larkspur.example/old", "https://directory.larkspur.example/"
SET, USED, LEFT, READ = "set", "used", "left", "read"


async def happens(connection: Connection, diocese: int, what: str, at: datetime) -> None:
    """One thing that happens to a diocese: discovery uses its override or leaves it, or its directory is read."""
    match what:
        case "set":
            await put(connection, diocese, at)
        case "used" | "left":
            chosen = Candidate(LEADS_TO if what == USED else PLAIN, "", 9.0)
            await directories.publish(connection, diocese, chosen, platform=None, proved=3, now=at)
            if what == USED:
                await overrides.used(connection, diocese, at)
        case _:
            done = Finished(Stage.EXTRACTION, UnitKind.DIOCESE, diocese, diocese, Outcome(Reason.OK, ""))
            await ledger.record(connection, f"run-{at:%H}", "ann", done, at)


@pytest.mark.parametrize(
    ("story", "reading"),
    [
        ((SET,), (None, False)),
        ((LEFT, READ, SET), (None, False)),
        ((LEFT, READ, SET, USED), (None, False)),
        ((LEFT, SET, READ, USED), (2, False)),
        ((SET, USED, READ), (2, True)),
        ((SET, USED, READ, USED), (2, True)),
        ((SET, USED, READ, LEFT), (2, True)),
        ((SET, USED, READ, LEFT, READ), (4, False)),
        ((SET, USED, LEFT, READ, USED), (3, False)),
        ((SET, USED, LEFT, READ, USED, READ), (5, True)),
        ((SET, USED, READ, SET), (None, False)),
    ],
)
async def test_a_reading_used_it_when_it_read_where_the_named_address_leads(
    connection: Connection,
    larkspur: int,
    now: datetime,
    story: tuple[str, ...],
    reading: tuple[int | None, bool],
) -> None:
    for hour, what in enumerate(story):
        await happens(connection, larkspur, what, now + timedelta(hours=hour))
    (one,) = await overrides.in_use(connection)
    hour_of = {now + timedelta(hours=hour): hour for hour in range(len(story))}
    assert one.override.url == URL
    assert (hour_of[one.read_at] if one.read_at else None, one.used) == reading
    assert one.reason == ("ok" if one.read_at else None)


async def test_readings_of_other_dioceses_say_nothing(connection: Connection, larkspur: int, now: datetime) -> None:
    await happens(connection, larkspur, SET, now)
    await happens(connection, larkspur, USED, now)
    await happens(connection, larkspur + 1, READ, now + timedelta(hours=1))
    (one,) = await overrides.in_use(connection)
    assert (one.read_at, one.used) == (None, False)
