"""The tables of a report as rows for CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from vitality_lib.reports.figures import Figures, PageSaid, Share

CsvTable: TypeAlias = tuple[Sequence[str], Iterable[Sequence[object]]]
"""A header, and rows with a value for each of its columns."""


def csv_tables(figures: Figures) -> dict[str, CsvTable]:
    """Every table of a report, by the name of its file without `.csv`."""
    return {
        "dioceses": _dioceses(figures),
        "overrides": _overrides(figures),
        "corrections": _corrections(figures),
        "contradictions": _contradictions(figures),
        "outcomes": _outcomes(figures),
        "quality": _quality(figures),
        "changes": _changes(figures),
    }


def _dioceses(figures: Figures) -> CsvTable:
    header = (
        *("state", "diocese", "platform", "route", "parishes", "with_website", "website_share"),
        *("with_services", "service_share", "services", "last_good_reading", "outcome", "held_for_review"),
    )
    return header, (
        (
            *(row.state, row.name, row.platform, row.route, row.parishes, row.websites.part, _ratio(row.websites)),
            *(row.schedules.part, _ratio(row.schedules), row.services, row.read_at, row.outcome, row.held),
        )
        for row in figures.dioceses
    )


def _overrides(figures: Figures) -> CsvTable:
    header = (
        *("diocese", "url", "why", "set_by", "set_at", "expires_at", "standing"),
        *("used_by_last_reading", "last_reading", "outcome"),
    )
    return header, (
        (
            *(row.diocese, row.url, row.why, row.set_by, row.set_at, row.expires_at, row.standing),
            *(row.used if row.read_at else None, row.read_at, row.outcome),
        )
        for row in figures.overrides
    )


def _corrections(figures: Figures) -> CsvTable:
    header = (
        *("number", "diocese", "parish", "wrong", "right", "why", "set_by", "set_at", "expires_at"),
        *("standing", "effect", "last_used"),
    )
    return header, (
        (
            *(row.number, row.diocese, row.parish, row.wrong, row.right, row.why, row.set_by, row.set_at),
            *(row.expires_at, row.standing, row.effect, row.used_at),
        )
        for row in figures.corrections
    )


def _contradictions(figures: Figures) -> CsvTable:
    header = (
        *("diocese", "parish", "type", "days", "decided", "why", "better_url", "better", "better_quotes"),
        *("worse_url", "worse", "worse_quotes", "found_at"),
    )
    return header, (
        (
            *(row.diocese, row.parish, row.type, row.days, row.decided, row.why),
            *(*_said(row.better), *_said(row.worse), row.found_at),
        )
        for row in figures.contradictions
    )


def _outcomes(figures: Figures) -> CsvTable:
    header = ("stage", "unit", "reason", "count", "of", "share", "meaning", "advice")
    return header, (
        (group.stage, group.unit_kind, row.reason, *_share(row.share), row.meaning, row.advice)
        for group in figures.outcomes
        for row in group.counts
    )


def _quality(figures: Figures) -> CsvTable:
    header = ("check", "title", "severity", "count", "of", "share", "definition", "samples")
    return header, (
        (row.key, row.title, row.severity, *_share(row.share), row.definition, " | ".join(row.samples))
        for row in figures.quality
    )


def _changes(figures: Figures) -> CsvTable:
    rows = figures.changes.rows
    return ("change", "diocese", "name", "detail", "at"), (
        (row.kind, row.diocese, row.name, row.detail, row.at) for row in rows
    )


def _said(page: PageSaid) -> tuple[str, str, str]:
    return page.url, " | ".join(page.services), " | ".join(page.quotes)


def _share(share: Share) -> tuple[object, ...]:
    return (share.part, share.whole, _ratio(share))


def _ratio(share: Share) -> float | None:
    return None if share.ratio is None else round(share.ratio, 4)
