"""A day of the past is given again, byte for byte as it was given then, whatever has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vitality_lib.calendar.english import say
from vitality_lib.models import Day, Diocese, Evidence, ParishEntry, Recurrence, Service, ServiceType
from vitality_lib.reports.exports.export import NotYet, export
from vitality_lib.reports.exports.formats import Format, end_of_day
from vitality_lib.store import dioceses, parishes, published, services
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.parishes import ListedParish

PROOF = Evidence("11ee", "https://brigid.example/", "Sunday 8 am", 0, 11, "table", 0.9)
EIGHT = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", evidence=(PROOF,))
NINE = replace(EIGHT, start="09:00")
HOLY = Service(ServiceType.MASS, Recurrence((Day.HOLYDAY,)), "19:00", church="Chapel of St. Fiacre", evidence=(PROOF,))
BRIGID = ParishEntry("St. Brigid", street="1 Elm St", city="Larkspur", state="OH", zip="44001", languages=("en",))
COLMAN = ParishEntry("St. Colman", city="Larkspur", latitude=41.4, longitude=-82.1)
FINNIAN = ParishEntry("St. Finnian", website="https://finnian.example/", status="open")
LARKSPUR, TAMARACK = Diocese("Diocese of Larkspur", state="OH"), Diocese("Diocese of Tamarack", state="MN")


async def publish(connection: Connection, seats: Sequence[Diocese], listed: dict[str, dict[str, ParishEntry]]) -> None:
    now = datetime.now(UTC)
    await dioceses.publish(connection, seats, now)
    for diocese in await dioceses.listed(connection):
        entries = [ListedParish(identity, entry) for identity, entry in listed.get(diocese.name, {}).items()]
        await parishes.publish(connection, diocese.id, entries, now)


async def state(connection: Connection, identity: str, *stated: Service, words: str = "") -> None:
    cursor = await connection.execute("SELECT id FROM parishes WHERE identity = %s", [identity])
    (parish,) = await cursor.fetchone() or (0,)
    await services.publish(connection, parish, stated, lambda one: words or say(one), datetime.now(UTC))


async def first_crawl(connection: Connection) -> None:
    listed = {LARKSPUR.name: {"brigid": BRIGID, "colman": COLMAN}, TAMARACK.name: {"finnian": FINNIAN}}
    await publish(connection, [LARKSPUR, TAMARACK], listed)
    await state(connection, "brigid", EIGHT, HOLY)
    await state(connection, "colman", EIGHT)
    await state(connection, "finnian", NINE)


async def second_crawl(connection: Connection) -> None:
    """A name, an address, a parish gone, one new, another time, other words, other evidence, a seat that moved."""
    listed = {
        LARKSPUR.name: {"brigid": replace(BRIGID, name="Sts. Brigid and Gall", street="2 Oak St"), "new": COLMAN},
        TAMARACK.name: {"finnian": replace(FINNIAN, phone="+16125550100")},
    }
    await publish(connection, [LARKSPUR, replace(TAMARACK, state="CA")], listed)
    await state(connection, "brigid", NINE, replace(HOLY, evidence=(replace(PROOF, quote="Holy days 7 pm"),)))
    await state(connection, "new", EIGHT)
    await state(connection, "finnian", NINE, words="Mass at nine on Sundays")


async def third_crawl(connection: Connection) -> None:
    """The parish that was gone is back; another loses its services."""
    listed = {LARKSPUR.name: {"brigid": BRIGID, "colman": COLMAN}, TAMARACK.name: {"finnian": FINNIAN}}
    await publish(connection, [LARKSPUR, TAMARACK], listed)
    await state(connection, "brigid")
    await state(connection, "finnian", replace(NINE, evidence=(replace(PROOF, quote="Nine on Sundays"),)))


async def taken(database: Database, folder: Path, as_of: datetime | None = None) -> tuple[datetime, dict[str, bytes]]:
    """Every format, all of one moment: that moment, and the content of each file."""
    async with database.transaction() as connection:
        moment = await published.as_of(connection)
        for form in Format:
            output = folder / form if form.in_folder else folder / form / "file"
            await export(connection, form, output, as_of=as_of)
    files = [path for path in folder.rglob("*") if path.is_file()]  # noqa: ASYNC240 - of this test alone
    return moment, {str(path.relative_to(folder)): path.read_bytes() for path in files}


async def test_as_of_a_moment_every_format_is_byte_for_byte_what_it_was_then(
    database: Database, tmp_path: Path
) -> None:
    given = []
    for number, crawl in enumerate((first_crawl, second_crawl, third_crawl)):
        async with database.transaction() as connection:
            await crawl(connection)
        given.append(await taken(database, tmp_path / f"then-{number}"))
    for form in Format:
        contents = [{name: text for name, text in files.items() if name.startswith(f"{form}/")} for _, files in given]
        assert contents[0] != contents[1] != contents[2], form
    for number, (moment, files) in enumerate(given):
        _, again = await taken(database, tmp_path / f"again-{number}", moment)
        assert sorted(again) == sorted(files)
        assert [name for name in files if files[name] != again[name]] == []
    assert {path.split("/")[0] for path in given[0][1]} == set(Format)


async def test_what_was_published_before_anything_was_is_nothing(database: Database, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    warnings: list[str] = []
    async with database.transaction() as connection:
        await first_crawl(connection)
        assert await export(connection, "json", tmp_path / "x.json", as_of=before, warn=warnings.append) == 0
    assert warnings == []


async def test_of_a_moment_before_history_was_kept_it_says_from_when_on_all_is_known(
    database: Database, tmp_path: Path
) -> None:
    warnings: list[str] = []
    async with database.transaction() as connection:
        await first_crawl(connection)
        await connection.execute("UPDATE parishes SET first_seen = '2025-01-01' WHERE identity = 'colman'")
        known = "2025-06-01 12:00:00"
        await connection.execute("UPDATE parish_versions SET valid_from = %s WHERE name = 'St. Colman'", [f"{known}Z"])
        early = datetime(2025, 3, 1, tzinfo=UTC)
        assert await export(connection, "json", tmp_path / "x.json", as_of=early, warn=warnings.append) == 0
        assert await export(connection, "json", tmp_path / "x.json", as_of=datetime(2025, 6, 2, tzinfo=UTC)) == 1
    (said,) = warnings
    assert said.startswith("of 2025-03-01 00:00:00 UTC not everything is known: 1 parishes")
    assert said.endswith(f"all is known from {known} UTC on")


async def test_a_day_that_is_not_over_is_refused(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as connection:
        with pytest.raises(NotYet, match="is not over yet"):
            await export(connection, "json", tmp_path / "x", as_of=datetime.now(UTC) + timedelta(hours=1))


def test_a_day_ends_with_its_last_microsecond() -> None:
    assert end_of_day(date(2026, 11, 27)).isoformat() == "2026-11-27T23:59:59.999999+00:00"
