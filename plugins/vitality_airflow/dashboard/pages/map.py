"""The page Map: how far the country is covered."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.coverage_map.drawing import Drawing, Shade
from vitality_lib.store.dashboard import coverage

router = APIRouter()
_drawing = Drawing()


@router.get("/map")
async def page(asking: Asking) -> HTMLResponse:
    """The page."""
    async with asking.moment() as moment:
        states = await coverage.states(moment.connection)
        dioceses = await coverage.dioceses(moment.connection)
    drawn = _drawing.of(states, dioceses)
    off = len([one for one in dioceses if one.parishes]) - len(drawn.circles)
    return asking.page("map.html.j2", moment, map=drawn, dioceses=dioceses, off_the_map=off, shade=Shade.of)
