"""How each directory was last read, and what it cost."""

from datetime import datetime, timedelta

from vitality_lib.models import Candidate, Outcome, Reason, Stage, UnitKind
from vitality_lib.store import directories, directory_costs, ledger, overrides
from vitality_lib.store.database import Connection
from vitality_lib.store.directory_costs import DirectoryCost
from vitality_lib.store.ledger import Finished

URL = "https://larkspur.example/parishes"
BARE = DirectoryCost("Diocese of Larkspur", None, None, None, 0, 0, None, named=False, browser="")


async def test_a_diocese_without_a_directory_is_there(connection: Connection, larkspur: int) -> None:
    assert await directory_costs.costs(connection) == (BARE,)


async def test_the_newest_reading_counts_and_says_why_a_browser_was_needed(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await directories.publish(connection, larkspur, Candidate(URL, "Parishes", 9.0), platform=None, proved=0, now=now)
    await directories.was_read(connection, larkspur, "cards", "browser")
    for hours, requests, routes in ((0, 9, ()), (1, 3, (f"list {URL}", f"browser {URL}: filled by script"))):
        done = Outcome(Reason.OK, "", routes)
        unit = Finished(Stage.EXTRACTION, UnitKind.DIOCESE, larkspur, larkspur, done, 5, requests)
        await ledger.record(connection, f"r{hours}", "ann", unit, now + timedelta(hours=hours))
    (read,) = await directory_costs.costs(connection)
    assert (read.platform, read.route, read.requests, read.reason) == ("cards", "browser", 3, "ok")
    assert read.browser == f"{URL}: filled by script"


async def test_a_directory_that_a_person_named_is_marked_once_discovery_went_by_it(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await overrides.put(connection, larkspur, "https://larkspur.example/old", why="moved", set_by="ann", now=now)
    await directories.publish(connection, larkspur, Candidate(URL, "Parishes", 9.0), platform=None, proved=0, now=now)
    (read,) = await directory_costs.costs(connection)
    assert not read.named
    await overrides.used(connection, larkspur, now)
    (read,) = await directory_costs.costs(connection)
    assert read.named, "wherever the named address leads"
