"""The tables of what people decided, and of what nobody has decided yet."""

from __future__ import annotations

from collections.abc import Iterable

from vitality_lib.reports.figures import Figures, PageSaid
from vitality_lib.reports.report_table import Kind, ReportTable, column


def decision_tables(figures: Figures) -> tuple[ReportTable, ...]:
    """Overrides, corrections and contradictions."""
    return _overrides(figures), _corrections(figures), _contradictions(figures)


def _overrides(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "diocese", "The diocese."),
        column(Kind.TEXT, "url", "The directory that a person named."),
        column(Kind.TEXT, "why", "Why."),
        column(Kind.TEXT, "set_by", "Who."),
        column(Kind.MOMENT, "set_at", "When."),
        column(Kind.MOMENT, "expires_at", "Until when; empty: for good."),
        column(Kind.TEXT, "standing", "stands, expires_soon (14 days) or expired."),
        column(Kind.FLAG, "used_by_last_reading", "Whether the last reading read it; empty: no reading since."),
        column(Kind.MOMENT, "last_reading", "When that was."),
        column(Kind.TEXT, "outcome", "Its outcome."),
    )

    def rows() -> Iterable[tuple[object, ...]]:
        for one in figures.overrides:
            yield (
                *(one.diocese, one.url, one.why, one.set_by, one.set_at, one.expires_at, one.standing),
                *(one.used if one.read_at else None, one.read_at, one.outcome),
            )

    return ReportTable("overrides", "A directory that a person named.", columns, rows)


def _corrections(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.COUNT, "number", "Number of the correction."),
        column(Kind.TEXT, "diocese", "The diocese."),
        column(Kind.TEXT, "parish", "The parish."),
        column(Kind.TEXT, "wrong", "The service as it is read; empty where one is added."),
        column(Kind.TEXT, "right", "The service as it should be; empty where one is taken away."),
        column(Kind.TEXT, "why", "On what grounds."),
        column(Kind.TEXT, "set_by", "Who."),
        column(Kind.MOMENT, "set_at", "When."),
        column(Kind.MOMENT, "expires_at", "Until when; empty: for good."),
        column(Kind.TEXT, "standing", "stands or expires_soon (14 days)."),
        column(Kind.TEXT, "effect", "On the last reading: used, waiting, not_needed, no_match."),
        column(Kind.MOMENT, "last_used", "When it last changed what a reading said."),
    )

    def rows() -> Iterable[tuple[object, ...]]:
        for one in figures.corrections:
            yield (
                *(one.number, one.diocese, one.parish, one.wrong, one.right, one.why, one.set_by, one.set_at),
                *(one.expires_at, one.standing, one.effect, one.used_at),
            )

    return ReportTable("corrections", "A correction of a service, in force.", columns, rows)


def _contradictions(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "diocese", "The diocese."),
        column(Kind.TEXT, "parish", "The parish."),
        column(Kind.TEXT, "type", "The type of service that the pages differ about."),
        column(Kind.TEXT, "days", "On which days."),
        column(Kind.FLAG, "decided", "Whether a rule decides; otherwise both sides are published."),
        column(Kind.TEXT, "why", "Why the better side is believed."),
        column(Kind.TEXT, "better_url", "The page that is believed."),
        column(Kind.TEXTS, "better", "The services it states."),
        column(Kind.TEXTS, "better_quotes", "The words it states them in."),
        column(Kind.TEXT, "worse_url", "The other page."),
        column(Kind.TEXTS, "worse", "The services that one states."),
        column(Kind.TEXTS, "worse_quotes", "The words it states them in."),
        column(Kind.MOMENT, "found_at", "When a visit first found this."),
    )

    def rows() -> Iterable[tuple[object, ...]]:
        for one in figures.contradictions:
            yield (
                *(one.diocese, one.parish, one.type, one.days, one.decided, one.why),
                *(*_said(one.better), *_said(one.worse), one.found_at),
            )

    return ReportTable("contradictions", "Two pages of a parish that cannot both be right.", columns, rows)


def _said(page: PageSaid) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return page.url, page.services, page.quotes
