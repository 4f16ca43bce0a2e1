"""The pages of parishes that contradict each other: what each says, which is believed, and why."""

from __future__ import annotations

from datetime import UTC

from vitality_lib.calendar.day_words import say_days
from vitality_lib.models import Recurrence
from vitality_lib.reports.figures import ContradictingPages, PageSaid
from vitality_lib.reports.tables import Tables
from vitality_lib.store.schedule_contradictions import ContradictionOfParish, KeptSide


def contradicting_pages(tables: Tables) -> tuple[ContradictingPages, ...]:
    """Every contradiction: those that no rule decides first, then by diocese and parish."""
    found = [_contradicting(one) for one in tables.contradictions]
    return tuple(sorted(found, key=lambda one: one.decided))


def _contradicting(one: ContradictionOfParish) -> ContradictingPages:
    it = one.contradiction
    return ContradictingPages(
        diocese=one.diocese,
        parish=one.parish,
        type=it.type.value,
        days=say_days(Recurrence(it.days)),
        decided=it.decided,
        why=it.why,
        better=_said(it.better),
        worse=_said(it.worse),
        found_at=one.found_at.astimezone(UTC),
    )


def _said(side: KeptSide) -> PageSaid:
    quotes = [piece.quote for one in side.stated for piece in one.service.evidence]
    return PageSaid(side.url, tuple(one.words for one in side.stated), tuple(dict.fromkeys(quotes)))
