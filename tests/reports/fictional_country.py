"""Words for putting facts into the tables, for tests that then ask for a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from vitality_lib.reports.report import Report, make_report
from vitality_lib.store.database import Connection

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
LAST_WEEK = NOON - timedelta(days=7)
LONG_AGO = NOON - timedelta(days=60)


@dataclass(frozen=True)
class Country:
    """The tables, with words for what a test wants to put into them."""

    connection: Connection
    reports: Path

    async def add(self, table: str, **values: Any) -> int:
        """One row; its id, where the table has one."""
        columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
        back = " RETURNING id" if table in ("dioceses", "parishes", "churches", "services", "evidence") else ""
        cursor = await self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places}){back}".encode(), list(values.values())
        )
        row = await cursor.fetchone() if back else None
        return row[0] if row else 0

    async def diocese(self, name: str, **values: Any) -> int:
        return await self.add("dioceses", name=name, **{"first_seen": LONG_AGO, "changed_at": LONG_AGO, **values})

    async def parish(self, diocese: int, name: str, **values: Any) -> int:
        times = {"first_seen": LONG_AGO, "changed_at": LONG_AGO}
        return await self.add("parishes", diocese_id=diocese, identity=name, name=name, **{**times, **values})

    async def service(self, parish: int, confidence: float | None = 0.9, **values: Any) -> int:
        usual = {"type": "mass", "days": ["SU"], "language": "en", "words": "Mass on Sunday", "valid_from": LONG_AGO}
        service = await self.add("services", parish_id=parish, **{**usual, **values})
        if confidence is not None:
            words = {"page_hash": "0" * 64, "url": "https://a.example", "quote": "Sunday 8", "method": "list"}
            await self.add("evidence", service_id=service, span_start=0, span_end=8, confidence=confidence, **words)
        return service

    async def outcome(self, stage: str, kind: str, unit: int, reason: str, at: datetime = LAST_WEEK) -> None:
        named = {"unit_kind": kind, "unit_id": unit, "reason": reason, "finished_at": at}
        await self.add("outcomes", run=f"run-{at:%Y%m%d}", stage=stage, **named)

    async def visit(self, stage: str, kind: str, unit: int, good_at: datetime | None) -> None:
        times = {"visited_at": NOON, "good_at": good_at, "interval_hours": 24.0, "due_at": NOON}
        await self.add("visits", stage=stage, unit_kind=kind, unit_id=unit, **times)

    async def report(self, now: datetime = NOON, run: str = "run-a", web: str = "sample") -> Report:
        return await make_report(self.connection, run=run, folder=self.reports, now=now, web=web)
