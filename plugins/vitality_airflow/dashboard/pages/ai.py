"""*AI*: what was asked of the model, what it cost, what of today's budget is left."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.runtime import runtime
from vitality_lib.store.dashboard import ai_use

router = APIRouter()


@router.get("/ai")
async def ai(asking: Asking) -> HTMLResponse:
    """The page."""
    settings, price = await asking.settings(), runtime().gemini_price
    async with asking.moment() as moment:
        days = await ai_use.days(moment.connection, moment.at)
        failures = await ai_use.failures(moment.connection)
    today = ai_use.midnight(moment.at)
    used = sum(row.calls for row in days if row.day == today)
    return asking.page(
        "ai.html.j2",
        moment,
        rows=days,
        failures=failures,
        budget=settings.gemini_budget,
        used=used,
        left=max(0, settings.gemini_budget - used),
        tokens=sum(row.tokens for row in days),
        dollars=(lambda tokens: tokens * price / 1_000_000) if price else None,
        price=price,
    )
