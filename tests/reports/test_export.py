"""The data to take away, read back by those who would read it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from fictional_country import Country

from vitality_lib.reports.exports.export import UnknownFormat, export


async def test_json_holds_every_parish_with_its_services_and_their_evidence(country: Country, tmp_path: Path) -> None:
    path = tmp_path / "new" / "parishes.json"
    assert await export(country.connection, "json", path) == 5
    data = json.loads(path.read_text())
    anne, brendan, clare, dymphna, edmund = data["parishes"]
    assert [len(parish["services"]) for parish in (anne, brendan, clare, dymphna, edmund)] == [4, 2, 1, 0, 0]
    assert (anne["name"], anne["diocese"], anne["zip"]) == ("St. Anne", "Diocese of Larkspur", "63001")
    first = anne["services"][0]
    assert (first["type"], first["days"], first["start"], first["words"]) == ("mass", ["SU"], "08:00", "Mass on Sunday")
    assert first["evidence"][0]["quote"] == "Sunday 8"
    assert clare["services"][0]["ordinal"] == "1"
    assert data["as_of"].endswith("+00:00")


async def test_geojson_has_no_point_for_a_parish_whose_place_is_not_known(country: Country, tmp_path: Path) -> None:
    path = tmp_path / "parishes.geojson"
    await export(country.connection, "geojson", path)
    data = json.loads(path.read_text())
    assert data["type"] == "FeatureCollection"
    anne, brendan = data["features"][:2]
    assert anne["geometry"] == {"type": "Point", "coordinates": [-90.2, 38.6]}
    assert brendan["geometry"] is None
    assert anne["properties"]["website"] == "https://www.anne.example/"
    assert "latitude" not in anne["properties"]


async def test_csv_is_one_table_of_parishes_and_one_of_services(country: Country, tmp_path: Path) -> None:
    await export(country.connection, "csv", tmp_path / "take")
    parishes = pd.read_csv(tmp_path / "take" / "parishes.csv", dtype=str)
    services = pd.read_csv(tmp_path / "take" / "services.csv", dtype=str)
    assert list(parishes["name"]) == ["St. Anne", "St. Brendan", "St. Clare", "St. Dymphna", "St. Edmund"]
    assert parishes["phone"][0] == "+13145550100"
    assert set(services["parish_id"]) <= set(parishes["id"])
    weekdays = services.iloc[2]
    assert (weekdays["days"], weekdays["start"], weekdays["confidence"]) == ("MO TU WE TH FR", "08:00", "0.9")
    assert services["quote"].isna().sum() == 1  # the Confession without evidence


async def test_services_name_their_church(country: Country, tmp_path: Path) -> None:
    cursor = await country.connection.execute("SELECT id FROM parishes WHERE name = 'St. Edmund'")
    (edmund,) = await cursor.fetchone() or (0,)
    church = await country.add("churches", parish_id=edmund, name="Chapel of the Elms")
    await country.service(edmund, church_id=church, start_time="17:00", vigil=True, days=["SA"])
    await export(country.connection, "json", tmp_path / "out.json")
    service = json.loads((tmp_path / "out.json").read_text())["parishes"][4]["services"][0]
    assert (service["location"], service["vigil"]) == ("Chapel of the Elms", True)


async def test_without_a_file_it_goes_to_standard_output(
    empty_country: Country, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await export(empty_country.connection, "geojson", None) == 0
    assert json.loads(capsys.readouterr().out)["features"] == []


async def test_a_device_is_written_to_and_not_replaced(empty_country: Country) -> None:
    before = inode(Path("/dev/null"))
    await export(empty_country.connection, "json", Path("/dev/null"))
    assert inode(Path("/dev/null")) == before


async def test_an_export_that_breaks_leaves_the_old_file(country: Country, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("yesterday's")
    async with country.connection.transaction(force_rollback=True):
        await country.connection.execute("ALTER TABLE services DROP CONSTRAINT services_type_check")
        await country.connection.execute("UPDATE services SET type = 'concert'")
        with pytest.raises(ValueError, match="concert"):
            await export(country.connection, "json", path)
    assert path.read_text() == "yesterday's"
    assert names(tmp_path) == ["out.json"]


async def test_csv_and_json_tell_the_whole_rule_and_the_time_zone(country: Country, tmp_path: Path) -> None:
    cursor = await country.connection.execute("SELECT id FROM parishes WHERE name = 'St. Edmund'")
    (edmund,) = await cursor.fetchone() or (0,)
    rule = {"weeks": 2, "anchor": "2031-05-05", "exceptions": ["HOLYDAY", "1TH"], "begins": "2031-01-02"}
    await country.service(edmund, days=["TH"], start_time="21:00", end_time="06:00", nights=1, streamed=True, **rule)
    await country.service(edmund, days=[], month_days=[-1, 13], start_time="09:00", ends="2031-12-31")
    await export(country.connection, "csv", tmp_path)
    rows = pd.read_csv(tmp_path / "services.csv", dtype=str, keep_default_na=False).tail(2).to_dict("records")
    assert {name: rows[0][name] for name in (*rule, "nights", "streamed", "zone")} == {
        "weeks": "2", "anchor": "2031-05-05", "exceptions": "HOLYDAY 1TH", "begins": "2031-01-02", "nights": "1",
        "streamed": "true", "zone": "America/Chicago",
    }  # fmt: skip
    assert (rows[1]["month_days"], rows[1]["ends"], rows[1]["weeks"]) == ("13 -1", "2031-12-31", "1")
    await export(country.connection, "json", tmp_path / "all.json")
    told = json.loads((tmp_path / "all.json").read_text())["parishes"][4]
    assert told["zone"] == "America/Chicago"  # by its diocese's seat: its own address names no state
    assert {name: told["services"][0][name] for name in rule} == rule
    await export(country.connection, "geojson", tmp_path / "all.geojson")
    assert json.loads((tmp_path / "all.geojson").read_text())["features"][0]["properties"]["zone"] == "America/Chicago"


async def test_occurrences_are_told_from_a_day_on_in_local_time(country: Country, tmp_path: Path) -> None:
    await export(country.connection, "occurrences", tmp_path / "soon.csv", first=date(2031, 3, 8), days=2)
    rows = pd.read_csv(tmp_path / "soon.csv", dtype=str, keep_default_na=False)
    anne = rows[rows["parish"] == "St. Anne"]
    assert list(anne["start"]) == [
        "2031-03-08T15:00:00-06:00",
        "2031-03-09T08:00:00-05:00",  # the night between, clocks went forward
        "2031-03-09T10:30:00-05:00",
    ]
    assert set(anne["zone"]) == {"America/Chicago"}
    assert set(rows["certain"]) == {"true"}
    assert set(rows["end"]) == {""}


async def test_without_a_day_occurrences_are_those_of_the_next_two_weeks(country: Country, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    await export(country.connection, "occurrences", tmp_path / "soon.csv")
    days = {date.fromisoformat(start[:10]) for start in pd.read_csv(tmp_path / "soon.csv", dtype=str)["start"]}
    assert today - timedelta(days=1) <= min(days)
    assert timedelta(days=10) < max(days) - min(days) < timedelta(days=14)


async def test_parishes_stand_diocese_by_diocese(empty_country: Country, tmp_path: Path) -> None:
    larkspur, tamarack = [await empty_country.diocese(name) for name in ("Larkspur", "Tamarack")]
    for diocese, name in ((larkspur, "One"), (tamarack, "Two"), (larkspur, "Three")):
        await empty_country.service(await empty_country.parish(diocese, name, state="MO"), start_time="08:00")
    assert await export(empty_country.connection, "ics", tmp_path) == 3
    assert sorted(folders(tmp_path)) == ["larkspur"] * 3 + ["tamarack"] * 2


@pytest.mark.parametrize("form", ["jsonld", "osm", "occurrences"])
async def test_every_format_of_one_file_may_go_to_standard_output(
    country: Country, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert await export(country.connection, form) == 5
    assert "St. Anne" in capsys.readouterr().out


async def test_names_that_look_like_formulas_are_words_in_csv(empty_country: Country, tmp_path: Path) -> None:
    larkspur = await empty_country.diocese("Diocese of Larkspur")
    await empty_country.parish(larkspur, '=HYPERLINK("https://evil.example")')
    await export(empty_country.connection, "csv", tmp_path)
    assert pd.read_csv(tmp_path / "parishes.csv")["name"][0] == '\'=HYPERLINK("https://evil.example")'


async def test_an_unknown_format_names_those_there_are(empty_country: Country) -> None:
    with pytest.raises(UnknownFormat, match="'xml' is no format of the export"):
        await export(empty_country.connection, "xml", None)


def inode(path: Path) -> int:
    return path.stat().st_ino


def folders(folder: Path) -> list[str]:
    return [path.parent.name for path in folder.rglob("*.ics")]


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
