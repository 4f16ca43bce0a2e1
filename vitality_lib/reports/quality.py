"""Data-quality measures: what each check of `store.checks` found, in words."""

from __future__ import annotations

from vitality_lib.reports.figures import Measure
from vitality_lib.reports.share import Share
from vitality_lib.reports.shown import shown
from vitality_lib.reports.tables import Tables
from vitality_lib.store.checks.asking import Judged


def quality(tables: Tables) -> tuple[Measure, ...]:
    """One measure for each check. Rows that a check cannot judge are not counted: the share says of how many."""
    return tuple(_measure(judged) for judged in tables.judged)


def _measure(judged: Judged) -> Measure:
    check = judged.check
    return Measure(
        key=check.key,
        title=check.title,
        severity=check.severity,
        of=check.of.value,
        share=Share(judged.failing, judged.whole),
        samples=tuple(", ".join(shown(name, 80) for name in names if name) for names in judged.samples),
        definition=check.definition,
    )
