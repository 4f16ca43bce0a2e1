"""The files of a report: written beside their place, then moved there whole."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from vitality_lib.reports.figures import Figures
from vitality_lib.reports.page import render
from vitality_lib.reports.report_tables import report_tables
from vitality_lib.reports.table_files import write_csv, write_parquet

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
    """index.html, figures.json, and each table as CSV and as Parquet."""
    (folder / "index.html").write_text(render(figures), encoding="utf-8")
    (folder / "figures.json").write_text(json.dumps(figures.record(), default=_iso, indent=1), encoding="utf-8")
    for table in report_tables(figures):
        write_csv(folder, table)
        write_parquet(folder, table)


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


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
