"""Tables of a report as files: CSV for spreadsheets, Parquet with real types."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from vitality_lib.reports.cells import cell
from vitality_lib.reports.report_table import Column, Kind, ReportTable

_AT_ONCE = 10_000  # rows in memory
_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.SHARE: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.MOMENT: pa.timestamp("us", tz="UTC"),
}


def write_csv(folder: Path, table: ReportTable) -> None:
    """NAME.csv in UTF-8 with a byte order mark, which spreadsheets look for; no cell can be taken for a formula."""
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.header)
        writer.writerows([_text(value) for value in row] for row in table.rows())


def write_parquet(folder: Path, table: ReportTable) -> None:
    """NAME.parquet: every value as it is; what a column means stands in its metadata (`meaning`)."""
    schema = pa.schema([_field(column) for column in table.columns], {"meaning": table.meaning})
    with pq.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as writer:
        for rows in _batches(table.rows()):
            values = zip(*rows, strict=True)
            arrays = [
                pa.array(map(_known, column), field.type, from_pandas=True)
                for column, field in zip(values, schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _batches(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _TYPES[column.kind], metadata={"meaning": column.meaning})


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return cell(" | ".join(value))
    return "" if value != value else cell(value)  # noqa: PLR0124 - NaN and NaT: not known


def _known(value: object) -> object:
    return None if value != value else value  # noqa: PLR0124
