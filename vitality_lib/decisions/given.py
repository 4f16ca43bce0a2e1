"""What people give to decide by: rows of a CSV file, and the day on which a decision expires."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from vitality_lib.decisions.refused import Refused


def csv_rows(path: Path, columns: Sequence[str], needed: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column, stripped; a column that is not there is empty.

    Raises Refused when it is no such file, lacks a needed column, or a needed cell is empty.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path}: cannot be read as a CSV file in UTF-8: {error}") from None
    missing = [column for column in needed if not rows or column not in rows[0]]
    if missing:
        raise Refused(f"{path}: has no column {', '.join(missing)}; its first line must name {', '.join(columns)}")
    for number, row in enumerate(rows, 2):
        value = {column: (row.get(column) or "").strip() for column in columns}
        empty = [column for column in needed if not value[column]]
        if empty:
            raise Refused(f"{path}, line {number}: {', '.join(empty)} is empty")
        yield value


def expiry(of: str, expires: str, now: datetime) -> datetime | None:
    """The beginning of the day `YYYY-MM-DD` (UTC), None for none. Raises Refused; `of` says whose it is."""
    if not expires:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(expires), time(), UTC)
    except ValueError:
        raise Refused(f"{of}: {expires!r} is no date; write it YYYY-MM-DD") from None
    if moment <= now:
        raise Refused(f"{of}: {expires} is past; name a later day, or none")
    return moment
