"""*Take away*: each format as a file, two at once, and nothing left on the API server's disk."""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from dashboard.seen import text

from vitality_lib.models import Diocese
from vitality_lib.reports.exports.formats import Format
from vitality_lib.store import dioceses
from vitality_lib.store.database import Database


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Exports are written in a folder of the test before they are sent, and none of it stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.iterdir()) == []


async def test_every_format_that_the_command_writes_is_offered(reader: httpx.AsyncClient) -> None:
    page = (await reader.get("/vitality/take-away")).text
    for form in Format:
        assert f'href="/vitality/export/{form}"' in page
    assert "CC0 1.0" in text(page)


async def test_one_file_comes_as_it_is_and_several_as_a_zip(reader: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as connection:
        await dioceses.publish(connection, [Diocese(name="Diocese of Ash")], datetime.now(UTC))
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    document = await reader.get("/vitality/export/json")
    assert document.headers["content-disposition"] == f'attachment; filename="vitality-json-{today}.json"'
    assert json.loads(document.text)["parishes"] == []
    tables = await reader.get("/vitality/export/csv")
    assert tables.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(tables.content)) as archive:
        assert f"vitality-csv-{today}/parishes.csv" in archive.namelist()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/export/exe", 422),
        ("/export/json?as_of=yesterday", 422),
        ("/export/json?as_of=2026-02-31", 422),
        ("/export/json?as_of=2026-01-01%20--output%20x", 422),
    ],
)
async def test_what_cannot_be_given_is_refused(reader: httpx.AsyncClient, path: str, status: int) -> None:
    assert (await reader.get(f"/vitality{path}")).status_code == status


async def test_a_third_at_once_is_asked_to_come_again(reader: httpx.AsyncClient) -> None:
    from vitality_airflow.dashboard.pages.take_away import _slots  # noqa: PLC0415

    with _slots.taken() as one, _slots.taken() as two:
        assert one
        assert two
        answer = await reader.get("/vitality/export/json")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "try again soon" in answer.text
    assert (await reader.get("/vitality/export/json")).status_code == 200
