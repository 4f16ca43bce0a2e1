"""The data to take away, read back by those who would read it."""

from __future__ import annotations

import json
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


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
