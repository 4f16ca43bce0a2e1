"""A database brought to the newest schema; Alembic, slow to import, only where a step is missing."""

from __future__ import annotations

import psycopg

from vitality_lib.store import schema_state
from vitality_lib.store.address import reason
from vitality_lib.store.errors import DatabaseUnavailable


def to_newest(url: str) -> str:
    """Run the steps that are missing; return the revision. Raises DatabaseUnavailable, SchemaOutOfDate."""
    if _revision(url) == schema_state.head():
        return schema_state.head()
    from vitality_lib.store import migrate  # noqa: PLC0415 - see above

    return migrate.upgrade(url)


def _revision(url: str) -> str | None:
    try:
        with psycopg.connect(url, connect_timeout=10, prepare_threshold=None) as connection:
            return schema_state.read_sync(connection).revision
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(reason(url, error)) from None
