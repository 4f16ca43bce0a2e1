"""What a database holds in the end, by natural keys: for holding one crawl against another that was not disturbed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from vitality_lib.settings import load
from vitality_lib.store import snapshot
from vitality_lib.store.database import connect

Row: TypeAlias = str
_DIOCESE = "JOIN dioceses d ON d.id = diocese_id"
_PARISH = "JOIN parishes p ON p.id = parish_id JOIN dioceses d ON d.id = p.diocese_id"
_SERVICE = """d.name, p.identity, c.name, s.type, s.days, s.ordinals, s.season, s.start_time, s.end_time, s.language,
    s.note, s.words, s.valid_to IS NULL"""
_UNIT = """LEFT JOIN dioceses d ON unit_kind = 'diocese' AND d.id = unit_id
    LEFT JOIN parishes p ON unit_kind = 'parish' AND p.id = unit_id LEFT JOIN dioceses o ON o.id = p.diocese_id"""
_NAMED_UNIT = "stage, unit_kind, coalesce(d.name, o.name), p.identity"
_NATURAL_KEYS = {  # the outcomes first: of many differences they say where it began
    "outcomes": (
        f"{_NAMED_UNIT}, reason",
        f"""(SELECT DISTINCT ON (stage, unit_kind, unit_id) * FROM outcomes
        ORDER BY stage, unit_kind, unit_id, finished_at DESC) AS newest {_UNIT}""",
    ),
    "dioceses": ("name", "dioceses"),
    "directories": ("d.name", f"directories {_DIOCESE}"),
    "parishes": ("d.name, identity", f"parishes {_DIOCESE}"),
    "churches": ("d.name, p.identity, c.name", f"churches c {_PARISH}"),
    "services": (_SERVICE, f"services s {_PARISH} LEFT JOIN churches c ON c.id = s.church_id"),
    "evidence": (
        f"{_SERVICE}, e.page_hash, e.url, e.quote, e.span_start, e.span_end",
        f"evidence e JOIN services s ON s.id = service_id {_PARISH} LEFT JOIN churches c ON c.id = s.church_id",
    ),
    "reviews": ("d.name", f"reviews {_DIOCESE}"),
    "page_bodies": ("hash", "page_bodies"),
    "pages": ("request_key, final_url, status, body_hash, moved", "pages"),
    "visits": (_NAMED_UNIT, f"visits {_UNIT}"),
}


@dataclass(frozen=True)
class FinalTables:
    """All rows of each table by natural key, and the hash of all published facts (`snapshot.fingerprint`)."""

    rows: dict[str, Counter[Row]]
    fingerprint: str

    @property
    def count(self) -> int:
        return sum(sum(rows.values()) for rows in self.rows.values())

    @property
    def duplicates(self) -> list[str]:
        return [f"{table}: {row}" for table, rows in self.rows.items() for row, n in rows.items() if n > 1]

    def differences(self, undisturbed: FinalTables) -> list[str]:
        """What is lost (`-`) or too much (`+`), one line a row."""
        return list(self._differences(undisturbed))

    def _differences(self, undisturbed: FinalTables) -> Iterator[str]:
        for table, rows in self.rows.items():
            yield from (f"- {table}: {row}" for row in undisturbed.rows[table] - rows)
            yield from (f"+ {table}: {row}" for row in rows - undisturbed.rows[table])
        if self.fingerprint != undisturbed.fingerprint:
            yield f"fingerprint {self.fingerprint}, not {undisturbed.fingerprint}"


def final_tables(database_url: str) -> FinalTables:
    """Read them now."""
    return asyncio.run(_read(database_url))


async def _read(database_url: str) -> FinalTables:
    async with connect(load(database_url=database_url)) as database, database.transaction() as connection:
        rows = {}
        for table, (key, source) in _NATURAL_KEYS.items():
            found = await connection.execute(f"SELECT json_build_array({key})::text FROM {source}".encode())
            rows[table] = Counter([row async for (row,) in found])
        return FinalTables(rows, await snapshot.fingerprint(connection))
