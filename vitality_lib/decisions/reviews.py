"""Readings of a directory that were held back: shown, accepted, rejected."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from rich.table import Table

from vitality_lib.decisions.printed import print_json
from vitality_lib.models import ParishEntry
from vitality_lib.store import reviews
from vitality_lib.store.database import Connection
from vitality_lib.terminal import console


async def list_reviews(connection: Connection, *, as_json: bool) -> None:
    """Print the readings that wait for a decision."""
    open_ones = await reviews.waiting(connection)
    if as_json:
        print_json(map(asdict, open_ones))
        return
    table = Table("review", "diocese", "published", "proposed", "since", "why", title="held for review")
    for one in open_ones:
        since = f"{one.created_at:%Y-%m-%d %H:%M}"
        table.add_row(str(one.id), one.diocese, str(one.published), str(one.proposed), since, one.why)
    console().print(table if open_ones else "No reading waits for a decision.")


async def show_review(connection: Connection, review_id: int) -> None:
    """Print what accepting a reading would change. Raises NoSuchReview."""
    held = await reviews.held(connection, review_id)
    out = console()
    out.print(f"{held.review.diocese}: {held.review.why}")
    for sign, entries in (("+", held.coming), ("-", held.going)):
        for entry in entries:
            out.print(f"{sign} {_line(entry)}")
    rest = held.review.proposed - len(held.coming)
    out.print(f"{len(held.coming)} would come, {len(held.going)} would go, {rest} would stay.")


async def accept_review(connection: Connection, review_id: int, by: str, now: datetime) -> None:
    """Publish a reading. Raises NoSuchReview."""
    changes = await reviews.accept(connection, review_id, by, now)
    console().print(
        f"Published: {changes.inserted} parishes are new, {changes.updated} changed, {changes.revived} are back, "
        f"{changes.gone} are gone."
    )


async def reject_review(connection: Connection, review_id: int, by: str, now: datetime) -> None:
    """Keep what is published. Raises NoSuchReview."""
    await reviews.reject(connection, review_id, by, now)
    console().print("Rejected: what is published stays, and the same reading is not asked about again.")


def _line(entry: ParishEntry) -> str:
    return ", ".join(part for part in (entry.name, entry.street, entry.city, entry.website) if part)
