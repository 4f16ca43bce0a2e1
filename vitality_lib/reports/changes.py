"""What changed since the report before, from the times at which facts were first seen, changed, and left."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from vitality_lib.reports.figures import CHANGE_COLUMNS, ChangeKind, Changes
from vitality_lib.reports.tables import Tables

_SIGNS = ("website", "phone", "street")


def changes(tables: Tables) -> Changes:
    """Every change since the report before; none when this is the first, for there is nothing to compare with."""
    if tables.before is None:
        return Changes(None, pd.DataFrame(columns=list(CHANGE_COLUMNS)))
    since = tables.before.made_at
    told = [*_dioceses(tables, since), *_parishes(tables, since), *_services(tables)]
    return Changes(since, pd.concat(told, ignore_index=True))


def _dioceses(tables: Tables, since: datetime) -> tuple[pd.DataFrame, ...]:
    listed = tables.listed
    left = tables.dioceses[~tables.dioceses["listed"] & (tables.dioceses["changed_at"] > since)]
    known = listed["directory_found_at"] <= since
    return (
        _told(ChangeKind.DIOCESE_NEW, listed[listed["first_seen"] > since], "first_seen", "state"),
        _told(ChangeKind.DIOCESE_LEFT_LIST, left, "changed_at", "state"),
        _told(
            ChangeKind.DIRECTORY_NEW, listed[listed["directory_found_at"] > since], "directory_found_at", "directory"
        ),
        _told(
            ChangeKind.DIRECTORY_CHANGED,
            listed[known & (listed["directory_changed_at"] > since)],
            "directory_changed_at",
            "directory",
        ),
    )


def _parishes(tables: Tables, since: datetime) -> tuple[pd.DataFrame, ...]:
    parishes = tables.parishes
    new = parishes[parishes["first_seen"] > since]
    altered = parishes[(parishes["first_seen"] <= since) & (parishes["changed_at"] > since)]
    renamed = _renamed(tables.gone, new)
    return (
        _told(ChangeKind.PARISH_NEW, new[~new["id"].isin(renamed["id_now"])], "first_seen", "city"),
        _told(ChangeKind.PARISH_GONE, tables.gone[~tables.gone["id"].isin(renamed["id_before"])], "gone_at", "city"),
        _told(ChangeKind.PARISH_RENAMED, renamed, "first_seen", "was"),
        _told(ChangeKind.PARISH_CHANGED, altered, "changed_at", "city"),
    )


def _renamed(gone: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a parish that left and one that came, in one diocese, with the same website, telephone or street."""
    pairs = []
    for sign in _SIGNS:
        before, now = (
            rows.dropna(subset=[sign]).drop_duplicates(["diocese_id", sign], keep=False) for rows in (gone, new)
        )
        pairs.append(before.merge(now, on=["diocese_id", sign], suffixes=("_before", "_now")))
    found = pd.concat(pairs).drop_duplicates("id_before").drop_duplicates("id_now")
    names = {"diocese_now": "diocese", "name_now": "name", "first_seen_now": "first_seen"}
    return found.rename(columns=names).assign(was="was " + found["name_before"])


def _services(tables: Tables) -> tuple[pd.DataFrame, ...]:
    return (
        _told(ChangeKind.SERVICE_NEW, tables.begun, "valid_from", "words", "parish"),
        _told(ChangeKind.SERVICE_ENDED, tables.ended, "valid_to", "words", "parish"),
    )


def _told(kind: ChangeKind, rows: pd.DataFrame, at: str, detail: str, name: str = "name") -> pd.DataFrame:
    dioceses = rows["diocese" if "diocese" in rows.columns else "name"]
    columns = (kind.value, dioceses, rows[name], rows[detail].fillna(""), rows[at])
    return pd.DataFrame(dict(zip(CHANGE_COLUMNS, columns, strict=True)), index=rows.index)
