"""The report as one HTML page that needs nothing but itself."""

from __future__ import annotations

from datetime import UTC, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vitality_lib.harmless import is_link
from vitality_lib.models import Reason
from vitality_lib.reports import charts
from vitality_lib.reports.charts import Bar, Caption
from vitality_lib.reports.figures import ChangeKind, Figures, Freshness, FunnelStep, Series, StageOutcomes, WeekMap
from vitality_lib.reports.reasons import NOT_VISITED
from vitality_lib.reports.report_tables import report_tables
from vitality_lib.reports.share import Share
from vitality_lib.reports.shown import shown
from vitality_lib.reports.vitality_figures import ENOUGH
from vitality_lib.store.checks.check import Severity

CHANGES_SHOWN = 25
ROWS_SHOWN = 100  # of corrections and contradictions; their CSV files hold all
_WEBS = {
    "sample": "the sample web (fictional dioceses, served on this machine)",
    "live": "the live web",
}
_KINDS = {
    ChangeKind.DIOCESE_NEW: "Dioceses new on the list",
    ChangeKind.DIOCESE_LEFT_LIST: "Dioceses that left the list",
    ChangeKind.DIRECTORY_NEW: "Directories found",
    ChangeKind.DIRECTORY_CHANGED: "Directories changed",
    ChangeKind.PARISH_NEW: "Parishes new",
    ChangeKind.PARISH_GONE: "Parishes gone from their directory",
    ChangeKind.PARISH_RENAMED: "Parishes renamed",
    ChangeKind.PARISH_CHANGED: "Parishes with changed details",
    ChangeKind.SERVICE_NEW: "Services new",
    ChangeKind.SERVICE_ENDED: "Services ended",
}


def render(figures: Figures) -> str:
    """The page. Words from other people's sites are escaped, cut, and kept from turning what stands beside them."""
    environment = Environment(
        loader=PackageLoader("vitality_lib.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        shown=shown,
        count=_count,
        percent=percent,
        moment=_moment,
        growth=_growth,
        commands=_commands,
        figure=_figure,
        link=_link,
        bytes=_bytes,
    )
    environment.globals.update(
        funnel_chart=_funnel_chart,
        outcome_chart=_outcome_chart,
        age_chart=_age_chart,
        week_chart=_week_chart,
        growth_chart=_growth_chart,
        share_bar=_share_bar,
    )
    return environment.get_template("report.html.j2").render(
        figures=figures,
        web=_WEBS.get(figures.web, figures.web),
        nothing=not any(total.count for total in figures.totals),
        failing=[measure for measure in figures.quality if measure.share.part],
        passing=[measure for measure in figures.quality if measure.share.whole and not measure.share.part],
        untested=[measure for measure in figures.quality if not measure.share.whole],
        severities=list(Severity),
        changes=[
            (label, figures.changes.counts[kind.value], figures.changes.of(kind, CHANGES_SHOWN))
            for kind, label in _KINDS.items()
        ],
        files=[table.name for table in report_tables(figures)],
        enough=Share(round(ENOUGH * 100), 100),
        most_rows=ROWS_SHOWN,
    )


def percent(share: Share) -> str:
    """A share for the eye: 100 % and 0 % are said only when they are exact; a dash when there is nothing to divide."""
    if share.ratio is None:
        return "–"
    if share.part in (0, share.whole):
        return f"{share.ratio:.0%}".replace("%", " %")
    return f"{min(99.9, max(0.1, share.ratio * 100)):.1f} %"


def _count(number: int) -> str:
    return f"{number:,}"


def _bytes(number: int) -> str:
    return f"{number / 2**20:,.1f} MiB".replace("-", "−")


def _growth(number: int) -> str:
    return f"{number:+,}".replace("-", "−") if number else "±0"


def _moment(when: datetime | None) -> str:
    return "never" if when is None else f"{when.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def _figure(value: float | None, unit: str) -> str:
    """A mean with two decimals, or a share in per cent; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value * 100:.1f} %" if unit == "of parishes" else f"{value:,.2f}"


def _commands(text: str) -> Markup:
    """What stands between backticks is a command."""
    pieces = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in enumerate(pieces))


def _link(url: str, most: int) -> Markup:
    """An address to go to, which gains nothing by standing here; words only, where it is no http or https address."""
    words = shown(url, most)
    if not is_link(url):
        return Markup("<bdi>{}</bdi>").format(words)
    return Markup('<a href="{}" rel="nofollow noopener noreferrer"><bdi>{}</bdi></a>').format(url, words)


def _funnel_chart(steps: tuple[FunnelStep, ...]) -> Markup:
    rows = [Bar(step.label, step.share, f"{step.share.part:,} ({percent(step.share)})") for step in steps]
    said = "; ".join(f"{row.label}: {row.said}" for row in rows)
    return charts.bars(Caption("funnel", "Coverage, step by step", said), rows)


def _outcome_chart(group: StageOutcomes) -> Markup:
    counts = {count.reason: count.share.part for count in group.counts}
    ok, waiting = counts.get(Reason.OK, 0), counts.get(NOT_VISITED, 0)
    others = sum(counts.values()) - ok - waiting
    said = f"{ok:,} ok, {others:,} with another reason, {waiting:,} not visited yet"
    caption = Caption(f"outcomes-{group.stage}-{group.unit_kind}", group.title, said)
    return charts.stack(caption, [("fill", ok), ("bad", others), ("waiting", waiting)])


def _age_chart(kind: Freshness) -> Markup:
    whole = sum(count for _, count in kind.ages)
    rows = [Bar(label, Share(count, whole), f"{count:,}") for label, count in kind.ages]
    said = "; ".join(f"{row.label}: {row.said}" for row in rows)
    return charts.bars(Caption(f"age-{kind.key}", f"{kind.title}: last confirmed", said), rows)


def _week_chart(week: WeekMap) -> Markup:
    said = f"{week.total:,} starts in an ordinary week; rows are weekdays, columns hours of the day"
    return charts.week(
        Caption(f"week-{week.key}", f"{week.title} by weekday and hour", said), week.first_hour, week.cells
    )


def _growth_chart(series: Series) -> Markup:
    first, last = series.points[0], series.points[-1]
    said = f"from {first[1]:,} on {first[0]:%-d %B %Y} to {last[1]:,} on {last[0]:%-d %B %Y}"
    return charts.line(Caption(f"growth-{series.key}", f"{series.label} over time", said), series.points)


def _share_bar(key: str, share: Share) -> Markup:
    return charts.stack(
        Caption(key, percent(share), f"{share.part:,} of {share.whole:,}"),
        [("fill", share.part), ("track", share.whole - share.part)],
    )
