"""What a publication changed, and text made fit for PostgreSQL. Shared by the modules that publish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from vitality_lib.store.database import Connection

_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Changes:
    """Rows written by one publication. All zero: everything stood there already, and nothing was written.

    `kept` counts rows that were missing this time but stay published, because too many were missing at once.
    """

    inserted: int = 0
    updated: int = 0
    revived: int = 0
    gone: int = 0
    kept: int = 0

    @property
    def any(self) -> bool:
        return bool(self.inserted or self.updated or self.revived or self.gone)


async def alone(connection: Connection, what: str, number: int = 0) -> None:
    """Let one publication of a thing follow the other; holds until the end of the transaction."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [what, number])


def clean(text: str) -> str:
    """Text without the characters that PostgreSQL cannot hold: NUL and lone surrogates."""
    return _UNFIT.sub("", text)


def cleaned(record: Mapping[str, Any]) -> dict[str, Any]:
    """A flat record with every text in it clean."""
    return {key: clean(value) if isinstance(value, str) else value for key, value in record.items()}


def jsonb(items: Iterable[str | Mapping[str, Any]]) -> Jsonb:
    """Texts or flat records as one `jsonb` list parameter, cleaned."""
    return Jsonb([clean(item) if isinstance(item, str) else cleaned(item) for item in items])
