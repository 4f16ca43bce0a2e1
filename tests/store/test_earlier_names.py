"""Readers of the earlier system find its tables as views, with its columns in its order."""

from __future__ import annotations

from datetime import datetime

import pytest

from vitality_lib.models import (
    Candidate,
    Day,
    Evidence,
    Outcome,
    ParishEntry,
    Reason,
    Recurrence,
    Service,
    ServiceType,
    Stage,
    UnitKind,
)
from vitality_lib.store import directories, ledger, parishes, services
from vitality_lib.store.database import Connection
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import ListedParish

BLOCKING = (
    "is_blocked boolean, blocking_type text, blocking_evidence jsonb, status_code integer, robots_txt_check jsonb, "
    "respectful_automation_used boolean, status_description text"
)
COLUMNS = {
    "Dioceses": "id bigint, created_at timestamptz, Name varchar, Address varchar, Website varchar, "
    "extracted_at varchar",
    "DiocesesParishDirectory": "id bigint, created_at timestamptz, diocese_url varchar, parish_directory_url varchar, "
    "found varchar, found_method varchar, updated_at varchar, diocese_id integer, "
    f"last_extraction_attempt_at timestamptz, {BLOCKING}",
    "Parishes": "id bigint, created_at timestamptz, Name varchar, Status varchar, Deanery varchar, "
    "Street Address varchar, City varchar, State varchar, Zip Code varchar, Phone Number varchar, Web varchar, "
    "diocese_url varchar, parish_directory_url varchar, extraction_method varchar, confidence_score real, "
    "extracted_at varchar, parish_detail_url text, full_address text, clergy_info text, service_times text, "
    "detail_extraction_success boolean, detail_extraction_error text, latitude double precision, "
    f"longitude double precision, diocese_id bigint, {BLOCKING}",
    "ParishSchedules": "id bigint, parish_id bigint, fact_type text, fact_value text, fact_source_url text, "
    "created_at timestamptz, updated_at timestamptz, fact_string text, confidence_score integer, "
    "extraction_method text, ai_structured_data jsonb",
}
SHORT = {"timestamp with time zone": "timestamptz", "character varying": "varchar"}


@pytest.mark.parametrize("view", COLUMNS)
async def test_columns_stand_as_they_stood(connection: Connection, view: str) -> None:
    rows = await connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [view],
    )
    assert ", ".join([f"{name} {SHORT.get(type_, type_)}" async for name, type_ in rows]) == COLUMNS[view]


async def test_the_views_say_what_the_tables_say(connection: Connection, larkspur: int, now: datetime) -> None:
    await directories.publish(
        connection,
        larkspur,
        Candidate("https://larkspur.example/parishes", "Parishes", 9.0),
        platform="cards",
        proved=1,
        now=now,
    )
    entry = ParishEntry("St. Brigid", "1 Elm St", "Larkspur", "OH", "43001", website="https://brigid.example/")
    await parishes.publish(connection, larkspur, [ListedParish("brigid", entry)], now)
    (parish,) = await parishes.current(connection, larkspur)
    proof = Evidence("00ff", "https://brigid.example/mass", "Sunday 8 am", 0, 11, "table", 0.9)
    mass = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", evidence=(proof,))
    await services.publish(connection, parish.id, [mass], lambda _: "Mass, Sundays at 8:00 AM", now)
    blocked = Outcome(Reason.BLOCKED, "answers 403")
    await ledger.record(
        connection, "run", "w", Finished(Stage.SCHEDULE, UnitKind.PARISH, parish.id, larkspur, blocked), now
    )

    async def one(query: str) -> tuple[object, ...]:
        (row,) = await (await connection.execute(query.encode())).fetchall()
        return row

    assert await one('SELECT "Name", "Website" FROM "Dioceses"') == ("Diocese of Larkspur", "https://larkspur.example/")
    assert await one('SELECT parish_directory_url, found FROM "DiocesesParishDirectory"') == (
        "https://larkspur.example/parishes",
        "Success",
    )
    assert await one('SELECT "Name", full_address, service_times, is_blocked, status_description FROM "Parishes"') == (
        "St. Brigid",
        "1 Elm St, Larkspur, OH 43001",
        "Mass, Sundays at 8:00 AM",
        True,
        "answers 403",
    )
    assert await one(
        'SELECT fact_type, fact_value, fact_source_url, fact_string, confidence_score FROM "ParishSchedules"'
    ) == ("MassSchedule", "Mass, Sundays at 8:00 AM", "https://brigid.example/mass", "Sunday 8 am", 90)
