"""The files of a report: written beside their place, then moved there whole."""

from __future__ import annotations

import csv
import errno
import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from vitality_lib.reports.cells import cell
from vitality_lib.reports.figures import Figures, Share
from vitality_lib.reports.page import render

_LATEST = "latest"


def publish(root: Path, figures: Figures) -> Path:
    """Write the files of a report into a folder of its own below `root`, named after its time; returns the folder.

    Nobody sees the folder before it is whole. A second report of the same second gets a number behind its name.
    """
    root.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=root))
    try:
        write_files(fresh, figures)
        fresh.chmod(0o755)
        return _settle(fresh, root / f"{figures.made_at:%Y%m%dT%H%M%SZ}")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_files(folder: Path, figures: Figures) -> None:
    """index.html, figures.json and the tables as CSV (UTF-8 with a byte order mark, which spreadsheets look for)."""
    (folder / "index.html").write_text(render(figures), encoding="utf-8")
    (folder / "figures.json").write_text(json.dumps(figures.record(), default=_iso, indent=1), encoding="utf-8")
    for name, (header, rows) in _csv_tables(figures).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([cell(value) for value in row] for row in rows)


def point_latest(folder: Path) -> None:
    """Make `latest`, beside the report's folder, lead to it: a relative link, or a copy where links cannot be made."""
    latest = folder.parent / _LATEST
    fresh = Path(tempfile.mkdtemp(prefix=".latest-", dir=folder.parent))
    try:
        (fresh / "link").symlink_to(folder.name)
        (fresh / "link").replace(latest)
    except OSError:
        shutil.copytree(folder, fresh / "copy")
        if latest.exists():
            latest.replace(fresh / "old")
        (fresh / "copy").replace(latest)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _settle(fresh: Path, place: Path) -> Path:
    number = 1
    while True:
        try:
            return fresh.replace(place if number == 1 else place.with_name(f"{place.name}-{number}"))
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            number += 1


def _csv_tables(figures: Figures) -> dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]]:
    return {
        "dioceses": (
            (
                *("state", "diocese", "platform", "route", "parishes", "with_website", "website_share"),
                *("with_services", "service_share", "services", "last_good_reading", "outcome", "held_for_review"),
            ),
            (
                (
                    *(row.state, row.name, row.platform, row.route, row.parishes, row.websites.part),
                    *(_ratio(row.websites), row.schedules.part, _ratio(row.schedules), row.services),
                    *(row.read_at, row.outcome, row.held),
                )
                for row in figures.dioceses
            ),
        ),
        "overrides": (
            (
                *("diocese", "url", "why", "set_by", "set_at", "expires_at", "standing"),
                *("used_by_last_reading", "last_reading", "outcome"),
            ),
            (
                (
                    *(row.diocese, row.url, row.why, row.set_by, row.set_at, row.expires_at, row.standing),
                    *(row.used if row.read_at else None, row.read_at, row.outcome),
                )
                for row in figures.overrides
            ),
        ),
        "outcomes": (
            ("stage", "unit", "reason", "count", "of", "share", "meaning", "advice"),
            (
                (group.stage, group.unit_kind, row.reason, *_share(row.share), row.meaning, row.advice)
                for group in figures.outcomes
                for row in group.counts
            ),
        ),
        "quality": (
            ("check", "title", "severity", "count", "of", "share", "definition", "samples"),
            (
                (row.key, row.title, row.severity, *_share(row.share), row.definition, " | ".join(row.samples))
                for row in figures.quality
            ),
        ),
        "changes": (
            ("change", "diocese", "name", "detail", "at"),
            ((row.kind, row.diocese, row.name, row.detail, row.at) for row in figures.changes.rows),
        ),
    }


def _share(share: Share) -> tuple[object, ...]:
    return (share.part, share.whole, _ratio(share))


def _ratio(share: Share) -> float | None:
    return None if share.ratio is None else round(share.ratio, 4)


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
