"""What people decide about directories: readings that were held back, and where a directory is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from vitality_lib.hyperlinks import absolute
from vitality_lib.models import ParishEntry
from vitality_lib.store import dioceses, overrides, reviews
from vitality_lib.store.database import Connection

_COLUMNS = ("diocese", "url", "why", "by", "expires")


class Refused(Exception):  # noqa: N818 - named after what happened
    """What was given cannot be taken: what, where, and what to do. Nothing was written."""


@dataclass(frozen=True)
class Named:
    """A directory as a person names it, not yet checked. `expires` is `YYYY-MM-DD` or empty: the first day without."""

    diocese: str
    url: str
    why: str
    by: str
    expires: str = ""


# --- reviews ---------------------------------------------------------------------------------------------------------


async def list_reviews(connection: Connection, *, as_json: bool) -> None:
    """Print the readings that wait for a decision."""
    open_ones = await reviews.waiting(connection)
    if as_json:
        _print_json(open_ones)
        return
    table = Table("review", "diocese", "published", "proposed", "since", "why", title="held for review")
    for one in open_ones:
        since = f"{one.created_at:%Y-%m-%d %H:%M}"
        table.add_row(str(one.id), one.diocese, str(one.published), str(one.proposed), since, one.why)
    _console().print(table if open_ones else "No reading waits for a decision.")


async def show_review(connection: Connection, review_id: int) -> None:
    """Print what accepting a reading would change. Raises NoSuchReview."""
    held = await reviews.held(connection, review_id)
    console = _console()
    console.print(f"{held.review.diocese}: {held.review.why}")
    for sign, entries in (("+", held.coming), ("-", held.going)):
        for entry in entries:
            console.print(f"{sign} {_line(entry)}", markup=False)
    rest = held.review.proposed - len(held.coming)
    console.print(f"{len(held.coming)} would come, {len(held.going)} would go, {rest} would stay.")


async def accept_review(connection: Connection, review_id: int, by: str, now: datetime) -> None:
    """Publish a reading. Raises NoSuchReview."""
    changes = await reviews.accept(connection, review_id, by, now)
    _console().print(
        f"Published: {changes.inserted} parishes are new, {changes.updated} changed, {changes.revived} are back, "
        f"{changes.gone} are gone."
    )


async def reject_review(connection: Connection, review_id: int, by: str, now: datetime) -> None:
    """Keep what is published. Raises NoSuchReview."""
    await reviews.reject(connection, review_id, by, now)
    _console().print("Rejected: what is published stays, and the same reading is not asked about again.")


# --- overrides -------------------------------------------------------------------------------------------------------


async def list_overrides(connection: Connection, now: datetime, *, as_json: bool) -> None:
    """Print the directories that people named."""
    named = await overrides.all_of_them(connection)
    if as_json:
        _print_json(named)
        return
    table = Table(
        "diocese", "directory", "why", "by", "since", "until", "last used", title="directories named by people"
    )
    for one in named:
        until = f"{one.expires_at:%Y-%m-%d}" if one.expires_at else ""
        past = " (expired)" if one.expires_at and one.expires_at <= now else ""
        used = f"{one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "never"
        table.add_row(one.diocese, one.url, one.why, one.set_by, f"{one.set_at:%Y-%m-%d}", until + past, used)
    _console().print(table if named else "Nobody has named a directory.")


async def name_directories(connection: Connection, named: Sequence[Named], now: datetime) -> None:
    """Take directories that a person names: all of them, or none. Raises Refused, UnknownDiocese."""
    checked = [(one, _address(one), _expiry(one, now)) for one in named]
    known = await dioceses.named(connection, [one.diocese for one in named])
    ids = {diocese.name.casefold(): diocese.id for diocese in known}
    for one, url, expires in checked:
        await overrides.put(
            connection, ids[one.diocese.strip().casefold()], url, why=one.why, set_by=one.by, now=now,
            expires_at=expires,
        )  # fmt: skip
        _console().print(f"{one.diocese}: {url}, proved and used by the next discovery.", markup=False)


async def forget_directory(connection: Connection, name: str, now: datetime) -> None:
    """Take an override away. Raises Refused when there is none, UnknownDiocese."""
    (diocese,) = await dioceses.named(connection, [name])
    if not await overrides.remove(connection, diocese.id, now):
        raise Refused(
            f"nobody has named a directory for {diocese.name}; `vitality override list` shows those there are"
        )
    _console().print(f"{diocese.name}: discovery chooses again.")


def read_overrides(path: Path, by: str) -> list[Named]:
    """The directories in a CSV file with the columns diocese, url, why, and maybe by and expires. Raises Refused."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path}: cannot be read as a CSV file in UTF-8: {error}") from None
    missing = [column for column in _COLUMNS[:3] if not rows or column not in rows[0]]
    if missing:
        raise Refused(f"{path}: has no column {', '.join(missing)}; its first line must name {', '.join(_COLUMNS)}")
    return [_row(path, number, row, by) for number, row in enumerate(rows, 2)]


def _row(path: Path, number: int, row: dict[str, str | None], by: str) -> Named:
    value = {column: (row.get(column) or "").strip() for column in _COLUMNS}
    empty = [column for column in _COLUMNS[:3] if not value[column]]
    if empty:
        raise Refused(f"{path}, line {number}: {', '.join(empty)} is empty")
    return Named(value["diocese"], value["url"], value["why"], value["by"] or by, value["expires"])


def _address(one: Named) -> str:
    url = absolute(one.url)
    if not url:
        raise Refused(f"{one.diocese}: {one.url!r} is no address; give one that begins with https://")
    if not one.why.strip():
        raise Refused(f"{one.diocese}: say why, in one line")
    return url


def _expiry(one: Named, now: datetime) -> datetime | None:
    if not one.expires:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(one.expires), time(), UTC)
    except ValueError:
        raise Refused(f"{one.diocese}: {one.expires!r} is no date; write it YYYY-MM-DD") from None
    if moment <= now:
        raise Refused(f"{one.diocese}: {one.expires} is past; name a later day, or none")
    return moment


def _line(entry: ParishEntry) -> str:
    return ", ".join(part for part in (entry.name, entry.street, entry.city, entry.website) if part)


def _print_json(rows: Iterable[reviews.OpenReview | overrides.Override]) -> None:
    print(json.dumps([asdict(row) for row in rows], default=str))  # noqa: T201 - the product of the command


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False)
