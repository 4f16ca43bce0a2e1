"""What is published, as records; and a hash that is equal exactly when the facts are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from vitality_lib.models import (
    Candidate,
    Day,
    Diocese,
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
from vitality_lib.store import dioceses, directories, ledger, parishes, services, snapshot
from vitality_lib.store.database import Connection
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import ListedParish
from vitality_lib.store.snapshot import ObservedDiocese, ObservedParish

LARKSPUR = Diocese("Diocese of Larkspur", website="https://larkspur.example/")
BRIGID = ListedParish(
    "brigid", ParishEntry("St. Brigid", city="Larkspur"), "00ff", "https://larkspur.example/p", "cards"
)
COLMAN = ListedParish("colman", ParishEntry("St. Colman"), "00ff", "https://larkspur.example/p", "cards")
PROOF = Evidence("11ee", "https://brigid.example/", "Sunday 8 am", 0, 11, "table", 0.9)
MASS = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", church="St. Brigid", evidence=(PROOF,))
NOW = datetime(2026, 3, 2, tzinfo=UTC)


async def publish(
    connection: Connection,
    now: datetime = NOW,
    *,
    diocese: Diocese = LARKSPUR,
    listed: tuple[ListedParish, ...] = (BRIGID, COLMAN),
    stated: tuple[Service, ...] = (MASS,),
) -> None:
    await dioceses.publish(connection, [diocese], now)
    (known,) = await dioceses.listed(connection)
    chosen = Candidate("https://larkspur.example/p", "Parishes", 8)
    await directories.publish(connection, known.id, chosen, platform="cards", proved=2, now=now)
    await parishes.publish(connection, known.id, listed, now)
    first = (await parishes.current(connection, known.id))[0]
    await services.publish(connection, first.id, stated, lambda service: f"Mass {service.start}", now)


async def test_everything_published_is_observed_with_the_newest_outcomes(connection: Connection) -> None:
    await publish(connection)
    (known,) = await dioceses.listed(connection)
    first, _ = await parishes.current(connection, known.id)
    for stage, kind, unit, reason in (
        (Stage.EXTRACTION, UnitKind.DIOCESE, known.id, Reason.OK),
        (Stage.SCHEDULE, UnitKind.PARISH, first.id, Reason.ONLY_IN_PDF),
    ):
        await ledger.record(connection, "r1", "ann", Finished(stage, kind, unit, known.id, Outcome(reason)), NOW)
    assert await snapshot.observed(connection) == (
        ObservedDiocese(
            LARKSPUR,
            "https://larkspur.example/p",
            "cards",
            (ObservedParish(BRIGID.entry, (MASS,), Reason.ONLY_IN_PDF), ObservedParish(COLMAN.entry, (), None)),
            {Stage.EXTRACTION: Reason.OK},
        ),
    )


async def test_the_same_facts_under_other_ids_found_at_another_time_have_the_same_fingerprint(
    connection: Connection,
) -> None:
    await publish(connection)
    before = await snapshot.fingerprint(connection)
    await connection.execute("TRUNCATE dioceses, directories, parishes, churches, services, evidence CASCADE")
    empty = await snapshot.fingerprint(connection)
    await connection.execute("INSERT INTO dioceses (name) VALUES ('Another first'); DELETE FROM dioceses")
    await publish(connection, NOW + timedelta(days=9))
    assert await snapshot.fingerprint(connection) == before
    assert empty != before


@pytest.mark.parametrize(
    "other",
    [
        {"diocese": replace(LARKSPUR, city="Larkspur")},
        {"listed": (BRIGID,)},
        {"listed": (BRIGID, replace(COLMAN, entry=ParishEntry("St. Colman", phone="+16145550100")))},
        {"stated": ()},
        {"stated": (replace(MASS, start="09:00"),)},
        {"stated": (replace(MASS, evidence=(replace(PROOF, quote="Sunday 8:00 am"),)),)},
    ],
)
async def test_another_fact_gives_another_fingerprint(connection: Connection, other: dict[str, object]) -> None:
    await publish(connection)
    before = await snapshot.fingerprint(connection)
    await publish(connection, **other)  # type: ignore[arg-type]
    assert await snapshot.fingerprint(connection) != before


async def test_a_service_that_came_and_went_leaves_a_trace(connection: Connection) -> None:
    await publish(connection)
    before = await snapshot.fingerprint(connection)
    await publish(connection, stated=(MASS, replace(MASS, start="17:00")))
    await publish(connection)
    assert await snapshot.fingerprint(connection) != before
