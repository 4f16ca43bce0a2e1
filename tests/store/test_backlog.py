"""How long a stage will need for each diocese, and the order that follows."""

from datetime import datetime, timedelta

import pytest

from vitality_lib import settings
from vitality_lib.models import Candidate, Diocese, Outcome, ParishEntry, Reason, Stage, UnitKind
from vitality_lib.store import backlog, dioceses, directories, ledger, parishes, visits
from vitality_lib.store.database import Connection
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import ListedParish

SETTINGS = settings.load(min_delay_seconds=2, concurrency=4)
NAMES = ("Aster", "Bluebell", "Clover")


@pytest.fixture
async def ids(connection: Connection, now: datetime) -> dict[str, int]:
    """The ids of three dioceses, by name, in the order of the list."""
    await dioceses.publish(connection, [Diocese(name) for name in NAMES], now)
    return {known.name: known.id for known in await dioceses.listed(connection)}


async def list_sites(connection: Connection, diocese: int, sites: list[str], now: datetime) -> list[int]:
    """Publish a parish for each site; their ids."""
    listed = [ListedParish(f"st-{n}", ParishEntry(f"St. {n}", website=site)) for n, site in enumerate(sites)]
    await parishes.publish(connection, diocese, listed, now)
    return [known.id for known in await parishes.current(connection, diocese)]


async def finish(connection: Connection, stage: Stage, unit: int, requests: int, now: datetime) -> None:
    kind = UnitKind.PARISH if stage is Stage.SCHEDULE else UnitKind.DIOCESE
    done = Finished(stage, kind, unit, None, Outcome(Reason.OK), 1, requests)
    await ledger.record(connection, f"run-{now}", "ann", done, now)


async def host(connection: Connection, name: str, now: datetime, wait: float, shut: bool = False) -> None:
    """A host that was left alone for `wait` seconds after its last answer."""
    until = now + timedelta(days=1) if shut else now - timedelta(days=1)
    await connection.execute(
        "INSERT INTO hosts (host, ended_at, next_at, open_until) VALUES (%s, %s, %s, %s)",
        [name, now, now + timedelta(seconds=wait), until],
    )


async def seconds(connection: Connection, stage: Stage, now: datetime, ids: dict[str, int]) -> dict[str, float]:
    found = await backlog.seconds(connection, stage, now, list(ids.values()), SETTINGS)
    return {name: found[id_] for name, id_ in ids.items() if id_ in found}


async def test_sites_that_were_never_visited_take_the_usual_requests(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    """Eight sites, four at once, three requests each, two seconds apart; the last may be alone."""
    await list_sites(connection, ids["Aster"], [f"https://st{n}.example/" for n in range(8)], now)
    assert await seconds(connection, Stage.SCHEDULE, now, ids) == {"Aster": 7 * 6 / 4 + 6}


async def test_sites_on_one_host_wait_for_one_another(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    await list_sites(connection, ids["Aster"], [f"https://Sites.example/{n}" for n in range(8)], now)
    assert await seconds(connection, Stage.SCHEDULE, now, ids) == {"Aster": 48.0}


async def test_what_the_last_visit_took_and_the_wait_of_its_host_count(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    quick, slow, absurd, shut = await list_sites(
        connection,
        ids["Aster"],
        ["https://quick.example/", "https://slow.example:8443/", "https://absurd.example/", "https://shut.example/"],
        now,
    )
    for unit, requests in ((quick, 1), (slow, 5), (absurd, 1), (shut, 9)):
        await finish(connection, Stage.SCHEDULE, unit, 40, now - timedelta(days=2))
        await finish(connection, Stage.SCHEDULE, unit, requests, now - timedelta(days=1))
    await host(connection, "slow.example:8443", now, 10)
    await host(connection, "absurd.example", now, 3600)
    await host(connection, "shut.example", now, 10, shut=True)
    assert await seconds(connection, Stage.SCHEDULE, now, ids) == {"Aster": (2 + 50 + 0) / 4 + 60}, (
        "an hour was asked for once"
    )
    await connection.execute("DELETE FROM hosts WHERE host = 'absurd.example'")
    assert await seconds(connection, Stage.SCHEDULE, now, ids) == {"Aster": (2 + 2 + 0) / 4 + 50}


async def test_what_is_not_due_takes_no_time_unless_it_is_forced(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    (parish,) = await list_sites(connection, ids["Aster"], ["https://st-ann.example/"], now)
    await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, parish, good=True, changed=False, now=now)
    assert await seconds(connection, Stage.SCHEDULE, now, ids) == {}
    forced = await backlog.seconds(connection, Stage.SCHEDULE, now, [ids["Aster"]], SETTINGS, force=True)
    assert forced == {ids["Aster"]: 6.0}


async def test_parishes_without_a_website_take_no_time(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    await parishes.publish(connection, ids["Aster"], [ListedParish("st-ann", ParishEntry("St. Ann"))], now)
    assert await seconds(connection, Stage.SCHEDULE, now, ids) == {}


async def test_the_longest_comes_first_and_equals_stay_as_they_wait(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    """Bluebell has one site on a slow host, Aster many quick ones, which go side by side; Clover is owed its row."""
    await list_sites(connection, ids["Aster"], [f"https://st{n}.example/" for n in range(8)], now)
    await list_sites(connection, ids["Bluebell"], ["https://slow.example/"], now)
    await host(connection, "slow.example", now, 30)
    known = await dioceses.listed(connection)
    for order, waiting in ((["Bluebell", "Aster", "Clover"], known), (["Bluebell", "Aster", "Clover"], known[::-1])):
        ordered = await backlog.longest_first(connection, Stage.SCHEDULE, now, waiting, SETTINGS)
        assert [one.name for one in ordered] == order
    alike = await backlog.longest_first(connection, Stage.DISCOVERY, now, known[::-1], SETTINGS)
    assert alike == known[::-1]


async def test_a_directory_takes_what_its_last_reading_took_and_an_unread_one_comes_first(
    connection: Connection, ids: dict[str, int], now: datetime
) -> None:
    for name, id_ in ids.items():
        link = Candidate(f"https://{name.lower()}.example/parishes", "Parishes", 9.0)
        await directories.publish(connection, id_, link, platform=None, proved=0, now=now)
    await list_sites(connection, ids["Aster"], ["https://st-ann.example/"] * 5, now)
    await finish(connection, Stage.EXTRACTION, ids["Bluebell"], 3, now)
    await host(connection, "bluebell.example", now, 7)
    assert await seconds(connection, Stage.EXTRACTION, now, ids) == {"Aster": 10.0, "Bluebell": 21.0}
    known = await dioceses.listed(connection)
    ordered = await backlog.longest_first(connection, Stage.EXTRACTION, now, known, SETTINGS)
    assert [one.name for one in ordered] == ["Clover", "Bluebell", "Aster"]
