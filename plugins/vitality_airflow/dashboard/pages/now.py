"""The page Now."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import Asking

router = APIRouter()


@router.get("/")
async def page(asking: Asking) -> HTMLResponse:
    """The page."""
    async with asking.moment() as moment:
        pass
    return asking.page("now.html.j2", moment)
