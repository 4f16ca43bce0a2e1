"""The tables beside the page: the same in CSV and Parquet, with real types, and every column explained."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from fictional_country import LAST_WEEK, Country

from vitality_lib.reports.report_tables import report_tables

DOCS = Path(__file__).parents[2] / "docs" / "reports.md"


async def test_parquet_holds_the_rows_and_columns_of_the_csv(country: Country) -> None:
    folder = (await country.report()).html.parent
    for path in sorted(folder.glob("*.csv")):
        table, typed = pd.read_csv(path, keep_default_na=False), pq.read_table(path.with_suffix(".parquet"))
        assert list(table.columns) == typed.column_names
        assert len(table) == len(typed)


async def test_columns_have_real_types_and_say_what_they_mean(country: Country) -> None:
    folder = (await country.report()).html.parent
    dioceses = pq.read_table(folder / "dioceses.parquet")
    schema = dioceses.schema
    assert schema.field("parishes").type == pa.int64()
    assert schema.field("website_share").type == pa.float64()
    assert schema.field("held_for_review").type == pa.bool_()
    assert schema.field("last_good_reading").type == pa.timestamp("us", tz="UTC")
    assert schema.field("parishes").metadata[b"meaning"] == b"Published parishes."
    rows = {row["diocese"]: row for row in dioceses.to_pylist()}
    read_at = rows["Diocese of Larkspur"]["last_good_reading"]
    assert isinstance(read_at, datetime)
    assert read_at.astimezone(UTC) == LAST_WEEK
    assert rows["Diocese of Tamarack"]["website_share"] is None
    samples = pq.read_table(folder / "quality.parquet").to_pylist()
    assert next(row["samples"] for row in samples if row["check"] == "coordinates_outside_us") == [
        "St. Clare, Diocese of Larkspur"
    ]


async def test_every_column_of_every_file_is_in_the_dictionary_and_in_the_docs(country: Country) -> None:
    made = await country.report()
    dictionary = pd.read_csv(made.html.parent / "columns.csv")
    said = DOCS.read_text()
    told = set(zip(dictionary["file"], dictionary["column"], strict=True))
    for table in report_tables(made.figures):
        assert {(table.name, column.name) for column in table.columns} <= told
        assert f"### `{table.name}`" in said
        for column in table.columns:
            assert f"| `{column.name}` | {column.kind} | {column.meaning} |" in said, (table.name, column.name)
