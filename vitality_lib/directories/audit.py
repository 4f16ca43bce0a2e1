"""Whether a reading may be published: what moved too much is held back, and the last good data stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitality_lib.models import ParishEntry


@dataclass(frozen=True)
class Verdict:
    """`why` is one line for the person who reviews it; empty when all is good."""

    good: bool
    why: str = ""


def audit(published: int, entries: Sequence[ParishEntry]) -> Verdict:
    """Compare a reading with the number of parishes published: it may move by max(3, 10 %)."""
    if not entries:
        return Verdict(False, "the reading holds no parish")
    if not any(entry.street or entry.city or entry.zip or entry.latitude or entry.website for entry in entries):
        return Verdict(False, f"none of the {len(entries)} parishes has a place or a website")
    moved = abs(len(entries) - published)
    allowed = max(3, published // 10)
    if published and moved > allowed:
        return Verdict(False, f"{len(entries)} parishes where {published} are published: more than {allowed} moved")
    return Verdict(True)
