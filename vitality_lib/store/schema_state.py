"""Whether a database holds the tables that this version of the software knows. Light: no Alembic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from psycopg import AsyncConnection, Connection
from psycopg.rows import TupleRow

from vitality_lib.store.errors import SchemaOutOfDate

_SCHEMA = files("vitality_lib.store").joinpath("schema")
_STEPS = files("vitality_lib.store.migrations").joinpath("versions")
_VERSION = "alembic_version"
_WHICH_TABLES = "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL"
_WHICH_REVISION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True)
class SchemaState:
    """What stands in a database: the revision it names (None: none) and those of our tables that it has."""

    revision: str | None
    tables: frozenset[str]


@cache
def head() -> str:
    """The newest revision that this version of the software knows."""
    return max(step.name[:4] for step in _STEPS.iterdir() if step.name[:4].isdigit())


@cache
def tables() -> frozenset[str]:
    """The tables that a database at `head()` has."""
    text = "".join(step.read_text() for step in _SCHEMA.iterdir() if step.name.endswith(".sql"))
    return frozenset(re.findall(r"^CREATE TABLE (\w+)", text, re.M))


async def read(connection: AsyncConnection[TupleRow]) -> SchemaState:
    """What stands in the database."""
    there = await (await connection.execute(_WHICH_TABLES, [_names()])).fetchall()
    named = await (await connection.execute(_WHICH_REVISION)).fetchone() if (_VERSION,) in there else None
    return _state(there, named)


def read_sync(connection: Connection[TupleRow]) -> SchemaState:
    """The same on a synchronous connection, for migrations."""
    there = connection.execute(_WHICH_TABLES, [_names()]).fetchall()
    named = connection.execute(_WHICH_REVISION).fetchone() if (_VERSION,) in there else None
    return _state(there, named)


def demand_current(state: SchemaState, where: str) -> None:
    """Raise SchemaOutOfDate unless the tables are those of `head()`; `where` names the database."""
    fault = _fault(state)
    if fault:
        raise SchemaOutOfDate(f"the database {where} {fault}")


def demand_upgradable(state: SchemaState, where: str) -> None:
    """Raise SchemaOutOfDate when missing steps cannot bring these tables up to date."""
    if state.revision is None and state.tables:
        raise SchemaOutOfDate(
            f"the database {where} holds tables of ours ({_some(state.tables)}) but names no revision: "
            "it was not made by `vitality db upgrade`; restore it from a backup, or use an empty database"
        )
    if state.revision is not None and state.revision > head():
        raise SchemaOutOfDate(f"the database {where} {_fault(state)}")


def _names() -> list[str]:
    return [*tables(), _VERSION]


def _state(there: list[TupleRow], named: TupleRow | None) -> SchemaState:
    return SchemaState(named[0] if named else None, frozenset(name for (name,) in there) - {_VERSION})


def _fault(state: SchemaState) -> str:
    missing = tables() - state.tables
    if state.revision is None and missing == tables():
        return "is empty: run `vitality db upgrade`"
    if state.revision is None:
        return f"is half-migrated: it has {_some(state.tables)} but names no revision: run `vitality db upgrade`"
    if state.revision > head():
        return f"is at revision {state.revision}, this software knows {head()}: install the newer version"
    if state.revision < head():
        return f"is half-migrated, at revision {state.revision} of {head()}: run `vitality db upgrade`"
    if missing:
        return f"is damaged: {_some(missing)} missing: restore it from a backup, or use an empty database"
    return ""


def _some(names: frozenset[str]) -> str:
    first = sorted(names)[:3]
    return ", ".join(first) + (" ..." if len(names) > len(first) else "")
