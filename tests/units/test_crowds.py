"""Which parish sites to begin with: in turn one of the largest crowd and one that shares nothing."""

from uuid import uuid4

from vitality_lib.models import ParishEntry
from vitality_lib.store import turns
from vitality_lib.store.database import Database
from vitality_lib.store.parishes import KnownParish
from vitality_lib.store.turns import Ask
from vitality_lib.units import crowds


def parishes(*hosts: str) -> list[KnownParish]:
    return [
        KnownParish(number, 1, host, ParishEntry(host, website=f"http://{host}/" if host else None))
        for number, host in enumerate(hosts)
    ]


async def order(database: Database, *hosts: str) -> list[str]:
    async with database.transaction() as connection:
        return [one.identity for one in await crowds.from_both_ends(connection, parishes(*hosts))]


async def test_the_largest_crowd_begins_and_those_alone_come_in_between(database: Database) -> None:
    given = ("a.example", "b.wixsite.com", "c.ecatholic.com", "d.example", "e.ecatholic.com", "f.ecatholic.com")
    assert await order(database, *given) == [
        "c.ecatholic.com", "a.example", "e.ecatholic.com", "b.wixsite.com", "f.ecatholic.com", "d.example",
    ]  # fmt: skip


async def test_a_host_under_its_own_name_belongs_to_the_platform_that_its_last_visit_found(database: Database) -> None:
    async with database.statement() as connection:
        for host in ("y.example", "z.example"):
            await turns.take(connection, Ask(uuid4(), host, ("platform:ecatholic",), 0.0, 30.0, 2))
    assert await order(database, "x.example", "y.example", "z.example") == ["y.example", "x.example", "z.example"]


async def test_nobody_is_left_out_with_or_without_a_website(database: Database) -> None:
    assert sorted(await order(database, "", "a.example", "")) == ["", "", "a.example"]
    assert await order(database) == []
