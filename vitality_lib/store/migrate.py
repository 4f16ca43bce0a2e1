"""Bring a database to the newest schema: what `vitality db upgrade` does.

All missing steps run in one transaction under an advisory lock, so that two pods may start at once and a killed
upgrade leaves the tables as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import psycopg
from alembic import command, op
from alembic.config import Config
from psycopg.rows import TupleRow
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from vitality_lib.store import schema_state
from vitality_lib.store.address import reason, where
from vitality_lib.store.errors import DatabaseUnavailable, SchemaOutOfDate
from vitality_lib.store.schema_state import SchemaState

_LOCK = 7_013_051_962  # any number that nobody else locks on in this database


def upgrade(url: str, to: str = "head") -> str:
    """Run the steps that are missing; return the revision. Raises DatabaseUnavailable, SchemaOutOfDate."""
    with _transaction(url) as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        schema_state.demand_upgradable(_state(connection), where(url))
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except psycopg.ProgrammingError as error:  # something in the way, or a right that is missing
            said = str(error).splitlines()[0]
            raise SchemaOutOfDate(f"the database {where(url)} cannot be upgraded, and is as it was: {said}") from None
    return schema_state.head() if to == "head" else to


def current(url: str) -> str | None:
    """The revision that the database names; None when it names none. Raises DatabaseUnavailable."""
    with _transaction(url) as connection:
        return _state(connection).revision


def run_sql(name: str) -> None:
    """Run one file of `store/schema` inside the migration that calls this."""
    script = files("vitality_lib.store").joinpath("schema", name).read_text()
    _driver(op.get_bind()).execute(script.encode())  # SQLAlchemy would read `%` and `:` in it as parameters


@contextmanager
def _transaction(url: str) -> Iterator[Connection]:
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        poolclass=NullPool,
        connect_args={"prepare_threshold": None, "connect_timeout": 10},
    )
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise DatabaseUnavailable(reason(url, error.orig or error)) from None


def _state(connection: Connection) -> SchemaState:
    return schema_state.read_sync(_driver(connection))


def _driver(connection: Connection) -> psycopg.Connection[TupleRow]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver
