"""The pages of the dashboard, in the order of the navigation. Another page is another line here."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from vitality_airflow.dashboard.pages import ai, dioceses, map, now, parish, parishes, reports, review, take_away


@dataclass(frozen=True)
class Page:
    """Some routes. With a `label` they have a place in the navigation, which leads to `path` in the dashboard."""

    router: APIRouter
    label: str = ""
    path: str = ""


PAGES = (
    Page(now.router, "Now", "/"),
    Page(dioceses.router, "Dioceses", "/dioceses"),
    Page(review.router),
    Page(map.router, "Map", "/map"),
    Page(parishes.router, "Parishes", "/parishes"),
    Page(parish.router),
    Page(reports.router, "Reports", "/reports"),
    Page(ai.router, "AI", "/ai"),
    Page(take_away.router, "Take away", "/take-away"),
)
