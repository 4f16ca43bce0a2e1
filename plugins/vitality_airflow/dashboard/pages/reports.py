"""*Reports*: the newest one, how the totals grew, and the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.listing import ROWS, Asked, Listing, asked
from vitality_lib.reports import charts
from vitality_lib.store.dashboard import reports_kept
from vitality_lib.store.dashboard.reports_kept import KeptReport

router = APIRouter()
TOTALS = {
    "dioceses": "Dioceses",
    "directories": "Directories",
    "parishes": "Parishes",
    "scheduled": "Parishes with services",
    "services": "Services",
}
# A report holds its own style and no script; it is shown as a stranger to us, and may not even read our cookies.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


@router.get("/reports")
async def reports(asking: Asking, asked: Annotated[Asked, Depends(asked)]) -> HTMLResponse:
    """The page."""
    async with asking.moment() as moment:
        total = await reports_kept.count(moment.connection)
        newest = await reports_kept.newest(moment.connection, 1)
        listed = await reports_kept.newest(moment.connection, ROWS, asked.offset)
        days = await reports_kept.each_day(moment.connection)
    return asking.page(
        "reports.html.j2",
        moment,
        newest=newest[0] if newest else None,
        reports=listed,
        listing=Listing(asked, total),
        totals=TOTALS,
        growth=_growth(days),
    )


@router.get("/reports/{report}/page")
async def report_page(asking: Asking, report: int) -> HTMLResponse:
    """One report as it was made. Raises HTTPException 404 when its page is not kept."""
    async with asking.moment() as moment:
        page = await reports_kept.page(moment.connection, report) if report < 2**63 else None
    if page is None:
        raise HTTPException(404, "The page of that report is not kept: only those of the newest reports are.")
    return HTMLResponse(page, headers={"content-security-policy": _POLICY})


def _growth(days: Sequence[KeptReport]) -> list[Markup]:
    """A line for each total that two reports or more have told."""
    drawn = []
    for key, label in TOTALS.items():
        points = [(report.made_at, report.totals[key]) for report in days if key in report.totals]
        if len(points) > 1:
            (begin, first), (end, last) = points[0], points[-1]
            said = f"from {first:,} on {begin:%-d %B %Y} to {last:,} on {end:%-d %B %Y}"
            drawn.append(charts.line(charts.Caption(f"growth-{key}", f"{label} over time", said), points))
    return drawn
