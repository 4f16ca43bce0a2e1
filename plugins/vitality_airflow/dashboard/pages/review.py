"""Accepting or rejecting a reading that is held back: a question first, then the deed, then what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import AskedPage, Asking
from vitality_airflow.dashboard.audit import Noted
from vitality_airflow.dashboard.same_parish import compare
from vitality_lib.store import reviews
from vitality_lib.store.changes import Changes
from vitality_lib.store.dashboard import diocese, held_reading

router = APIRouter()
Decision = Literal["accept", "reject"]


@router.get("/dioceses/{diocese_id}/review/{decision}")
async def question(asking: Asking, diocese_id: int, decision: Decision) -> HTMLResponse:
    """The question, with what the answer would do. Changes nothing."""
    if not asking.person.may_edit:
        raise HTTPException(403, "To decide on a reading takes the right to edit the DAG vitality_extraction.")
    async with asking.moment() as moment:
        known = await diocese.of(moment.connection, diocese_id)
        held = await held_reading.of(moment.connection, diocese_id)
    if known is None or held is None:
        raise HTTPException(404, "No reading of this diocese waits for a decision any more.")
    values = {"one": known, "held": held, "decision": decision, "comparison": compare(held)}
    return asking.page("review_question.html.j2", moment, **values)


@router.post("/dioceses/{diocese_id}/review/{decision}")
async def decide(  # noqa: PLR0917 - FastAPI passes them by name
    asking: Asking,
    note: Noted,
    diocese_id: int,
    decision: Decision,
    review: Annotated[int, Form()],
    read_at: Annotated[datetime, Form()],
) -> HTMLResponse:
    """Accept or reject the reading that the question showed; 409 when another has taken its place, or it is decided."""
    changes = await _decided(asking, decision, review, read_at)
    async with asking.moment() as moment:
        known = await diocese.of(moment.connection, diocese_id)
        last = next(iter(await held_reading.decided(moment.connection, diocese_id, 1)), None)
    if known is None:
        raise HTTPException(404, f"There is no diocese {diocese_id}.")
    if changes is not None:
        await note(asking.person.name, f"{decision}_reading", f"{known.diocese.name} (review {review})")
    values = {"one": known, "decision": decision, "changes": changes, "last": last, "done": changes is not None}
    answer = asking.page("review_answer.html.j2", moment, **values)
    answer.status_code = 200 if changes is not None else 409
    return answer


async def _decided(asking: AskedPage, decision: Decision, review: int, read_at: datetime) -> Changes | None:
    """What it changed; None when the reading that was looked at does not wait any more."""
    now = datetime.now(UTC)
    async with asking.change() as connection:
        if not await held_reading.still_waits(connection, review, read_at):
            return None
        if decision == "accept":
            return await reviews.accept(connection, review, asking.person.name, now)
        await reviews.reject(connection, review, asking.person.name, now)
        return Changes()
