"""The pages Dioceses and Diocese."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.choosing import choice, kept
from vitality_airflow.dashboard.listing import Asked, Listing, asked
from vitality_airflow.dashboard.outcome_words import REASONS, WORDS, plain
from vitality_airflow.dashboard.same_parish import compare
from vitality_airflow.dashboard.sparkline import sparkline
from vitality_lib.store import overrides
from vitality_lib.store.dashboard import diocese, dioceses, held_reading

router = APIRouter()


@router.get("/dioceses")
async def page(
    asking: Asking,
    asked: Annotated[Asked, Depends(asked)],
    state: Annotated[str, Query(max_length=10)] = "",
    outcome: Annotated[str, Query(max_length=40)] = "",
    held: Annotated[str, Query(max_length=3)] = "",
) -> HTMLResponse:
    """The list."""
    wanted = dioceses.Wanted(asked.q, state, outcome, held == "yes")
    async with asking.moment() as moment:
        found = await dioceses.found(moment.connection, wanted, asked.sort, asked.offset)
        states = await dioceses.states(moment.connection)
    choices = (
        choice("state", "State", state, ((one, one) for one in states)),
        choice("outcome", "Outcome", outcome, ((one, plain(one)) for one in REASONS)),
        choice("held", "Held back", held, [("yes", "a reading waits")]),
    )
    listing = Listing(asked, found.total, kept(choices))
    values = {"rows": found.rows, "listing": listing, "choices": choices, "words": WORDS, "sparkline": sparkline}
    return asking.page("dioceses.html.j2", moment, **values)


@router.get("/dioceses/{diocese_id}")
async def one(asking: Asking, diocese_id: int) -> HTMLResponse:
    """One diocese."""
    async with asking.moment() as moment:
        connection = moment.connection
        known = await diocese.of(connection, diocese_id)
        if known is None:
            raise HTTPException(404, f"There is no diocese {diocese_id}; choose one from the list of dioceses.")
        held = await held_reading.of(connection, diocese_id)
        values = {
            "one": known,
            "ended": await diocese.ended(connection, diocese_id),
            "visited": await diocese.visited(connection, diocese_id),
            "counts": await diocese.parishes_by_reason(connection, diocese_id),
            "held": held,
            "comparison": compare(held) if held else None,
            "decided": await held_reading.decided(connection, diocese_id),
            "override": await overrides.of(connection, diocese_id, moment.at),
        }
    return asking.page("diocese.html.j2", moment, words=WORDS, **values)
