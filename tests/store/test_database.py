"""Opening a database: the tables are checked, and what goes wrong is said in one line without the password."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from vitality_lib.settings import Settings, SettingsError, load
from vitality_lib.store import address, embedded, migrate
from vitality_lib.store.database import Database, connect
from vitality_lib.store.errors import DatabaseUnavailable, SchemaOutOfDate


def leading_to(url: str) -> Settings:
    return load(database_url=SecretStr(url))


async def names(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return [name async for (name,) in await connection.execute("SELECT name FROM dioceses")]


async def test_a_transaction_is_kept_when_it_ends_well(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO dioceses (name) VALUES ('Diocese of Larkspur')")
    assert await names(database) == ["Diocese of Larkspur"]


async def test_an_exception_leaves_every_table_as_it_was(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO dioceses (name) VALUES ('Diocese of Larkspur')")
            raise ZeroDivisionError
    assert await names(database) == []


async def test_a_connection_that_is_cut_is_an_unavailable_database_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable):
        async with database.transaction() as connection:
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert await names(database) == []


async def prepared(settings: Settings) -> int:
    """How many statements a connection has prepared that has asked the same ten times."""
    async with connect(settings, connections=1) as database:
        for _ in range(10):
            async with database.statement() as connection:
                await connection.execute("SELECT name FROM dioceses WHERE id = %s", [1])
        async with database.statement() as connection:
            row = await (await connection.execute("SELECT count(*) FROM pg_prepared_statements")).fetchone()
    assert row is not None
    return int(row[0])


async def test_nothing_is_prepared_where_a_transaction_pooler_stands_between(database_settings: Settings) -> None:
    assert await prepared(database_settings) == 1
    assert await prepared(database_settings.model_copy(update={"prepared_statements": "off"})) == 0


@pytest.mark.parametrize(
    ("setting", "place", "prepares"),
    [
        ("auto", "db.example:5432", True),
        ("auto", "db.example", True),
        ("auto", "db.example:6543", False),
        ("auto", "db.example:6432", False),
        ("auto", "aws-0-us-east-1.pooler.supabase.example:5432", False),
        ("auto", "pgbouncer.databases.svc:5432", False),
        ("on", "pgbouncer.databases.svc:6432", True),
        ("off", "db.example:5432", False),
    ],
)
def test_a_pooler_is_known_by_its_port_or_its_name(setting: str, place: str, prepares: bool) -> None:
    url = f"postgresql://ann:sesame@{place}/vitality"
    assert address.prepares(load(prepared_statements=setting), url) is prepares


async def test_a_connection_that_the_server_has_ended_meanwhile_is_not_given_out(database: Database) -> None:
    async with database.statement() as one, database.statement() as other:
        for connection in (one, other):
            await connection.execute("SELECT 1")
    with psycopg.connect(database.url, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    for _ in range(3):
        assert await names(database) == []


async def test_with_no_address_the_embedded_server_of_the_home_is_used(home: Path) -> None:
    settings = load(home=home)
    with address.available(settings) as url:
        migrate.upgrade(url)
    async with connect(settings) as opened:
        assert await names(opened) == []
    assert opened.url == embedded.server_of(home).url("vitality")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://ann:sesame@127.0.0.1:1/vitality", "vitality on 127.0.0.1:1 .*refused.*DATABASE_URL"),
        ("postgres://ann:sesame@127.0.0.1:1/vitality", "vitality on 127.0.0.1:1"),
        ("postgresql+psycopg://ann:sesame@127.0.0.1:1/vitality", "vitality on 127.0.0.1:1"),
        ("postgresql://ann:sesame@no-such-host.invalid/vitality", "no-such-host.invalid:5432.*mend the host name"),
        ("postgresql://ann:sesame@/vitality?host=/no/such/folder", "vitality in /no/such/folder"),
    ],
)
async def test_an_unreachable_database_is_one_line_that_says_where_why_and_what_to_do(url: str, says: str) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        async with connect(leading_to(url)):
            pass
    message = str(caught.value)
    assert re.search(says, message)
    assert "\n" not in message
    assert "sesame" not in message


@pytest.mark.parametrize("url", ["mysql://ann:sesame@db/vitality", "sesame", "postgresql://ann:sesame@[::1/vitality"])
async def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match="postgresql://user:password@host") as caught:
        async with connect(leading_to(url)):
            pass
    assert "sesame" not in str(caught.value)


async def test_a_database_that_does_not_exist_is_named(database_url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match='"no_such" does not exist; create that database'):
        async with connect(leading_to(re.sub(r"/test_\d+", "/no_such", database_url))):
            pass


async def test_an_empty_database_must_be_migrated_first(empty_database_url: str) -> None:
    with pytest.raises(SchemaOutOfDate, match="is empty: run `vitality db upgrade`"):
        async with connect(leading_to(empty_database_url)):
            pass


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", "half-migrated, at revision 0001 .*`vitality db upgrade`"),
        ("DELETE FROM alembic_version", "half-migrated.*`vitality db upgrade`"),
        ("DROP TABLE alembic_version", "half-migrated.*`vitality db upgrade`"),
        ("UPDATE alembic_version SET version_num = '9999'", "revision 9999.*install the newer version"),
        ("DROP TABLE report_sizes", "damaged: report_sizes missing"),
    ],
)
async def test_tables_of_another_version_are_refused(database_url: str, damage: str, says: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(damage.encode())
    with pytest.raises(SchemaOutOfDate, match=says):
        async with connect(leading_to(database_url)):
            pass
