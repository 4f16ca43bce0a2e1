"""Two tables for spreadsheets, parishes.csv and services.csv, with the data package that describes them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vitality_lib.reports.cells import cell
from vitality_lib.reports.exports import data_package
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.data_package import Resource
from vitality_lib.reports.exports.fields import Column, T, flat
from vitality_lib.reports.exports.files import appearing
from vitality_lib.reports.exports.records import BEST, PARISH, SERVICE, SERVICE_ID, WHOSE, row_of

SERVICES = (SERVICE_ID, *WHOSE, *SERVICE, *BEST)
RESOURCES = (
    Resource("parishes.csv", "The published parishes.", PARISH, key="id"),
    Resource("services.csv", "Their services.", SERVICES, key="id", of={"parish_id": "parishes.csv"}),
)
_FOLDER = Path("export")


async def write(parishes: Parishes, asked: Asked) -> int:
    """Fill the folder; returns how many parishes."""
    folder, count = asked.output or _FOLDER, 0
    with (
        appearing(folder / "parishes.csv", "utf-8-sig") as parish_file,
        appearing(folder / "services.csv", "utf-8-sig") as service_file,
        appearing(folder / "datapackage.json") as package,
    ):
        package.write(data_package.text(RESOURCES, asked.moment))
        parish_rows, service_rows = csv.writer(parish_file), csv.writer(service_file)
        parish_rows.writerow(column.name for column in PARISH)
        service_rows.writerow(column.name for column in SERVICES)
        async for parish in parishes:
            count += 1
            row = row_of(parish)
            parish_rows.writerow(cells(PARISH, row))
            service_rows.writerows(cells(SERVICES, service) for service in row.services)
    return count


def cells(columns: Sequence[Column[T]], row: T) -> Iterator[str]:
    """A row of a table: no spreadsheet takes a cell of it for a formula."""
    values: Iterator[Any] = (flat(column, column.of(row)) for column in columns)
    return map(cell, values)
