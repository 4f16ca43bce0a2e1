"""Opening a database: the tables are checked, and what goes wrong is said in one line."""

from __future__ import annotations

import pytest

from vitality_lib.store.database import Database


async def test_a_transaction_is_kept_when_it_ends_well(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO dioceses (name) VALUES ('Diocese of Larkspur')")
    async with database.transaction() as connection:
        rows = await (await connection.execute("SELECT name FROM dioceses")).fetchall()
    assert rows == [("Diocese of Larkspur",)]


async def test_an_exception_leaves_every_table_as_it_was(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO dioceses (name) VALUES ('Diocese of Larkspur')")
            raise ZeroDivisionError
    async with database.transaction() as connection:
        rows = await (await connection.execute("SELECT name FROM dioceses")).fetchall()
    assert rows == []
