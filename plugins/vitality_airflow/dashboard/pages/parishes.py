"""The page Parishes: one found among thousands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.choosing import choice, kept
from vitality_airflow.dashboard.listing import Asked, Listing, asked
from vitality_airflow.dashboard.outcome_words import REASONS, WORDS, plain
from vitality_lib.store.dashboard import parishes

router = APIRouter()
_SERVICES = {"yes": True, "no": False}


@router.get("/parishes")
async def page(  # noqa: PLR0917 - FastAPI passes them by name
    asking: Asking,
    asked: Annotated[Asked, Depends(asked)],
    diocese: Annotated[str, Query(pattern=r"^\d{0,18}$")] = "",
    state: Annotated[str, Query(max_length=10)] = "",
    outcome: Annotated[str, Query(max_length=40)] = "",
    services: Annotated[str, Query(max_length=3)] = "",
) -> HTMLResponse:
    """The list."""
    wanted = parishes.Wanted(asked.q, int(diocese or 0), state, outcome, _SERVICES.get(services))
    async with asking.moment() as moment:
        found = await parishes.found(moment.connection, wanted, asked.sort, asked.offset)
        dioceses = await parishes.dioceses(moment.connection)
        states = await parishes.states(moment.connection)
    choices = (
        choice("diocese", "Diocese", diocese, ((str(id_), name) for id_, name in dioceses)),
        choice("state", "State", state, ((one, one) for one in states)),
        choice("outcome", "Outcome", outcome, ((one, plain(one)) for one in REASONS)),
        choice("services", "Services", services, [("yes", "known"), ("no", "none known")]),
    )
    listing = Listing(asked, found.total, kept(choices))
    return asking.page("parishes.html.j2", moment, rows=found.rows, listing=listing, choices=choices, words=WORDS)
