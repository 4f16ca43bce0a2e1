"""Directories of dioceses that people name: set, removed, imported, listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from rich.table import Table

from vitality_lib.decisions.given import csv_rows, expiry
from vitality_lib.decisions.printed import print_json
from vitality_lib.decisions.refused import Refused
from vitality_lib.hyperlinks import absolute
from vitality_lib.store import dioceses, overrides
from vitality_lib.store.database import Connection
from vitality_lib.terminal import console

_COLUMNS = ("diocese", "url", "why", "by", "expires")


@dataclass(frozen=True)
class Named:
    """A directory as a person names it, not yet checked. `expires` is `YYYY-MM-DD` or empty: the first day without."""

    diocese: str
    url: str
    why: str
    by: str
    expires: str = ""


async def list_overrides(connection: Connection, now: datetime, *, as_json: bool) -> None:
    """Print the directories that people named."""
    named = await overrides.all_of_them(connection)
    if as_json:
        print_json(map(asdict, named))
        return
    table = Table(
        "diocese", "directory", "why", "by", "since", "until", "last used", title="directories named by people"
    )
    for one in named:
        until = f"{one.expires_at:%Y-%m-%d}" if one.expires_at else ""
        past = " (expired)" if one.expires_at and one.expires_at <= now else ""
        used = f"{one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "never"
        table.add_row(one.diocese, one.url, one.why, one.set_by, f"{one.set_at:%Y-%m-%d}", until + past, used)
    console().print(table if named else "Nobody has named a directory.")


async def name_directories(connection: Connection, named: Sequence[Named], now: datetime) -> None:
    """Take directories that a person names: all of them, or none. Raises Refused, UnknownDiocese."""
    checked = [(one, _address(one), expiry(one.diocese, one.expires, now)) for one in named]
    known = await dioceses.named(connection, [one.diocese for one in named])
    ids = {diocese.name.casefold(): diocese.id for diocese in known}
    for one, url, expires in checked:
        await overrides.put(
            connection, ids[one.diocese.strip().casefold()], url, why=one.why, set_by=one.by, now=now,
            expires_at=expires,
        )  # fmt: skip
        console().print(f"{one.diocese}: {url}, proved and used by the next discovery.")


async def forget_directory(connection: Connection, name: str, now: datetime) -> None:
    """Take an override away. Raises Refused when there is none, UnknownDiocese."""
    (diocese,) = await dioceses.named(connection, [name])
    if not await overrides.remove(connection, diocese.id, now):
        raise Refused(
            f"nobody has named a directory for {diocese.name}; `vitality override list` shows those there are"
        )
    console().print(f"{diocese.name}: discovery chooses again.")


def read_overrides(path: Path, by: str) -> list[Named]:
    """The directories in a CSV file with the columns diocese, url, why, and maybe by and expires. Raises Refused."""
    rows = csv_rows(path, _COLUMNS, _COLUMNS[:3])
    return [Named(row["diocese"], row["url"], row["why"], row["by"] or by, row["expires"]) for row in rows]


def _address(one: Named) -> str:
    url = absolute(one.url)
    if not url:
        raise Refused(f"{one.diocese}: {one.url!r} is no address; give one that begins with https://")
    if not one.why.strip():
        raise Refused(f"{one.diocese}: say why, in one line")
    return url
