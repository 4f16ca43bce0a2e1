"""The tables of what is known and how good it is."""

from __future__ import annotations

from collections.abc import Iterable

from vitality_lib.reports.figures import CHANGE_COLUMNS, Figures
from vitality_lib.reports.report_table import Column, Kind, ReportTable, column
from vitality_lib.reports.share import Share

_SHARE = (
    column(Kind.COUNT, "count", "How many."),
    column(Kind.COUNT, "of", "Of how many."),
    column(Kind.SHARE, "share", "The first divided by the second; empty when that is 0."),
)
_DEFINITION = column(Kind.TEXT, "definition", "What is counted.")


def figure_tables(figures: Figures) -> tuple[ReportTable, ...]:
    """Coverage, outcomes, quality, freshness, vitality, changes, growth, cost and storage."""
    return (
        _totals(figures),
        _funnel(figures),
        _dioceses(figures),
        _outcomes(figures),
        _freshness(figures),
        _quality(figures),
        _vitality(figures),
        _weeks(figures),
        _changes(figures),
        _growth(figures),
        _model_calls(figures),
        _storage(figures),
    )


def _totals(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "key", "Name of the count."),
        column(Kind.COUNT, "count", "How many are published now."),
        column(Kind.COUNT, "before", "How many in the report before; empty when not known."),
        _DEFINITION,
    )
    rows = [(one.key, one.count, one.before, one.definition) for one in figures.totals]
    return ReportTable("totals", "A count of what is published.", columns, lambda: rows)


def _funnel(figures: Figures) -> ReportTable:
    columns = (column(Kind.TEXT, "step", "Name of the step."), *_SHARE, _DEFINITION)
    rows = [(one.key, *share(one.share), one.definition) for one in figures.funnel]
    return ReportTable("coverage", "A step from the list of dioceses to the times of services.", columns, lambda: rows)


def _dioceses(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "state", "Two-letter code of the chancery's state."),
        column(Kind.TEXT, "diocese", "Name on the USCCB list."),
        column(Kind.TEXT, "platform", "Platform of its directory, as last read."),
        column(Kind.TEXT, "route", "How the directory was last read: feed, blob, static, detail, browser, pdf."),
        column(Kind.COUNT, "parishes", "Published parishes."),
        column(Kind.COUNT, "with_website", "Of these, with a known website."),
        column(Kind.SHARE, "website_share", "Their share; empty without parishes."),
        column(Kind.COUNT, "with_services", "Published parishes with one current service or more."),
        column(Kind.SHARE, "service_share", "Their share; empty without parishes."),
        column(Kind.COUNT, "services", "Current services."),
        column(Kind.MOMENT, "last_good_reading", "When the directory was last read with outcome ok; empty: never."),
        column(
            Kind.TEXT, "stage", "Which stage the outcome is of: extraction, or discovery where nothing was read yet."
        ),
        column(Kind.TEXT, "outcome", "Newest outcome of reading its directory, or of the search for one; not_visited."),
        column(Kind.FLAG, "held_for_review", "Whether a reading is held back for a person to decide."),
    )

    def rows() -> Iterable[tuple[object, ...]]:
        for one in figures.dioceses:
            yield (
                *(one.state, one.name, one.platform, one.route, one.parishes, one.websites.part, ratio(one.websites)),
                *(
                    one.schedules.part,
                    ratio(one.schedules),
                    one.services,
                    one.read_at,
                    one.stage,
                    one.outcome,
                    one.held,
                ),
            )

    return ReportTable("dioceses", "A listed diocese: coverage, directory, outcome.", columns, rows)


def _outcomes(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "stage", "The stage."),
        column(Kind.TEXT, "unit", "stage, diocese or parish."),
        column(Kind.TEXT, "reason", "ok, one typed reason, or not_visited."),
        *_SHARE,
        column(Kind.TEXT, "meaning", "What the reason means."),
        column(Kind.TEXT, "advice", "What can be done about it."),
    )
    rows = [
        (group.stage, group.unit_kind, row.reason, *share(row.share), row.meaning, row.advice)
        for group in figures.outcomes
        for row in group.counts
    ]
    return ReportTable("outcomes", "The newest outcomes of a stage with one reason.", columns, lambda: rows)


def _freshness(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "kind", "directories or parishes."),
        column(Kind.COUNT, "of", "How many there are that can be confirmed."),
        column(Kind.COUNT, "within_8_days", "Confirmed within 8 days."),
        column(Kind.SHARE, "share_8_days", "Their share."),
        column(Kind.COUNT, "within_15_days", "Confirmed within 15 days."),
        column(Kind.SHARE, "share_15_days", "Their share."),
        column(Kind.MOMENT, "newest", "The newest confirmation."),
        _DEFINITION,
    )
    rows = [
        (
            *(one.key, one.within_8_days.whole, one.within_8_days.part, ratio(one.within_8_days)),
            *(one.within_15_days.part, ratio(one.within_15_days), one.newest, one.definition),
        )
        for one in figures.freshness
    ]
    return ReportTable("freshness", "How long ago what is published was confirmed.", columns, lambda: rows)


def _quality(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "check", "Key of the check; it stays the same."),
        column(Kind.TEXT, "title", "What was found, in a few words."),
        column(Kind.TEXT, "severity", "error: cannot be true; warning: is probably wrong; gap: is not known."),
        column(Kind.TEXT, "rows", "What it judges: parishes, services, dioceses, churches, corrections, visits."),
        *_SHARE,
        _DEFINITION,
        column(Kind.TEXTS, "samples", "Up to five rows that fail, in words."),
    )
    rows = [
        (one.key, one.title, one.severity, one.of, *share(one.share), one.definition, one.samples)
        for one in figures.quality
    ]
    return ReportTable("quality", "A check of the data.", columns, lambda: rows)


def _vitality(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "area_kind", "nation, state or diocese."),
        column(Kind.TEXT, "area", "Which."),
        column(Kind.TEXT, "measure", "services (a parish and week), hours (a parish and week) or share (of parishes)."),
        column(Kind.TEXT, "type", "mass, confession, adoration or other_devotion."),
        column(Kind.TEXT, "split", "all, weekday, hour or language: what the figure is a part of the whole by."),
        column(Kind.TEXT, "group", "SU to SA; the hour of the start, 0 to 23; the language; which share."),
        column(
            Kind.NUMBER, "estimate", "The mean over parishes with a known schedule, or their share; empty: too few."
        ),
        column(Kind.NUMBER, "low", "Lower end of the 95 % interval."),
        column(Kind.NUMBER, "high", "Upper end of the 95 % interval."),
        column(Kind.TEXT, "interval", "How it was made: t (of a mean) or wilson (of a share)."),
        column(Kind.COUNT, "n", "Published parishes of the area whose schedule is known."),
        column(Kind.COUNT, "parishes", "Published parishes of the area."),
        column(Kind.SHARE, "coverage", "The first divided by the second."),
        column(Kind.FLAG, "too_few_known", "Whether coverage is under 60 %, so that no figure is given."),
        column(Kind.COUNT, "left_out", "Services of these parishes that the figure could not count."),
    )
    table = figures.vitality.table[[one.name for one in columns]]

    def rows() -> Iterable[tuple[object, ...]]:
        yield from table.itertuples(index=False, name=None)

    return ReportTable("vitality", "A figure of what parishes offer in an ordinary week.", columns, rows)


def _weeks(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "type", "mass, confession or adoration."),
        column(Kind.COUNT, "weekday", "0 is Sunday."),
        column(Kind.COUNT, "hour", "Hour of the start, 0 to 23."),
        column(Kind.COUNT, "starts", "Starts in an ordinary week, over all published parishes."),
    )

    def rows() -> Iterable[tuple[object, ...]]:
        for week in figures.weeks:
            for day, counts in enumerate(week.cells):
                for hour, count in enumerate(counts, week.first_hour):
                    yield week.key, day, hour, count

    return ReportTable("weeks", "Starts of one type on a weekday in an hour.", columns, rows)


def _changes(figures: Figures) -> ReportTable:
    meanings = (
        "What happened: diocese_new, parish_gone, service_ended ...",
        "The diocese.",
        "The diocese or the parish.",
        "City, address, the name before, or the service in words.",
        "When it was seen.",
    )
    kinds = (Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.MOMENT)
    columns = tuple(map(Column, CHANGE_COLUMNS, kinds, meanings))
    table = figures.changes.table

    def rows() -> Iterable[tuple[object, ...]]:
        yield from table.itertuples(index=False, name=None)

    return ReportTable("changes", "A change since the report before.", columns, rows)


def _growth(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "key", "Name of the count, as in totals."),
        column(Kind.MOMENT, "at", "When it was so: the last report of a day."),
        column(Kind.COUNT, "count", "How many."),
    )
    rows = [(series.key, at, count) for series in figures.growth for at, count in series.points]
    return ReportTable("growth", "A count at a time.", columns, lambda: rows)


def _model_calls(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "purpose", "What was asked for."),
        column(Kind.TEXT, "model", "Name of the model."),
        column(Kind.COUNT, "calls", "Questions of the last 30 days."),
        column(Kind.COUNT, "answered", "Of these, answered."),
        column(Kind.COUNT, "failed", "Of these, failed."),
        column(Kind.COUNT, "tokens", "Tokens of questions and answers, as the service counts them."),
    )
    rows = [(one.purpose, one.model, one.calls, one.answered, one.failed, one.tokens) for one in figures.cost.rows]
    return ReportTable("model_calls", "Questions to the model of one purpose.", columns, lambda: rows)


def _storage(figures: Figures) -> ReportTable:
    columns = (
        column(Kind.TEXT, "kind", "bodies, pages, facts, history, ledger or rest."),
        column(Kind.COUNT, "bytes", "Size now, with indexes."),
        column(Kind.COUNT, "before", "Size in the last report that kept it; empty: none did."),
        column(Kind.COUNT, "in_a_year", "Size in 365 days, with the retention in force."),
        column(Kind.COUNT, "low", "Lower end of its 95 % interval; empty: too few reports."),
        column(Kind.COUNT, "high", "Upper end of its 95 % interval; empty: too few reports."),
        column(Kind.FLAG, "measured", "Whether growth was measured; else it is supposed from the size."),
    )
    told = figures.storage
    rows = [(k.key, k.now, k.before, k.in_a_year, k.low, k.high, told.measured) for k in told.kinds]
    return ReportTable("storage", "What one kind of data takes in the database.", columns, lambda: rows)


def share(of: Share) -> tuple[int, int, float | None]:
    """Part, whole and ratio, as three columns have them."""
    return of.part, of.whole, ratio(of)


def ratio(of: Share) -> float | None:
    """The ratio to four decimals; None when there is none."""
    return None if of.ratio is None else round(of.ratio, 4)
