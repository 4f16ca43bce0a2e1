"""The pages about one parish, and about one piece of evidence in the page where it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from vitality_airflow.dashboard.asking import Asking
from vitality_airflow.dashboard.outcome_words import WORDS
from vitality_airflow.dashboard.quoted import quoted, visible_texts
from vitality_airflow.dashboard.week import week_of
from vitality_lib.calendar.day_words import say_days
from vitality_lib.calendar.english import say
from vitality_lib.models import Recurrence
from vitality_lib.reports.schedule_changes import changes
from vitality_lib.store import corrections, schedule_contradictions, schedule_pages, service_history
from vitality_lib.store.dashboard import evidence, parish
from vitality_lib.store.dashboard.moments import Moment

router = APIRouter()
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_PAGE_BYTES, _PAGES_BYTES, _SECONDS = 300_000, 600_000, 0.15  # beside all else that a parish's page shows
_WHOLE_BYTES, _WHOLE_SECONDS = 3_000_000, 10.0


@router.get("/parishes/{parish_id}")
async def page(asking: Asking, parish_id: int) -> HTMLResponse:
    """One parish."""
    async with asking.moment() as moment:
        known = await parish.of(moment.connection, parish_id)
        if known is None:
            raise HTTPException(404, f"There is no parish {parish_id}; look for it in the list of parishes.")
        values = await _asked(moment, parish_id)
        pieces = await evidence.of_parish(moment.connection, parish_id)
        addresses = {one.evidence.page_hash: one.evidence.url for one in pieces}
        stored = await evidence.stored_pages(moment.connection, addresses, each=_PAGE_BYTES, together=_PAGES_BYTES)
    texts = await visible_texts(stored, _SECONDS, pdf=False)
    shown = [(one, quoted(texts.get(one.evidence.page_hash, ""), one.evidence)) for one in pieces]
    services = sorted(known.published.services, key=lambda one: one.service.type)
    values |= {
        "one": known,
        "services": [(kind, list(its)) for kind, its in groupby(services, key=lambda one: one.service.type.value)],
        "week": week_of(known.published, moment.at),
        "proofs": [(words, list(its)) for words, its in groupby(shown, key=lambda one: one[0].words)],
        "stored": stored,
    }
    return asking.page("parish.html.j2", moment, words=WORDS, say=say, days=_days, **values)


async def _asked(moment: Moment, parish_id: int) -> dict[str, Any]:
    connection = moment.connection
    moved = await service_history.moved(connection, _LONG_AGO, parish_id=parish_id)
    kept = await corrections.every(connection, parish_id=parish_id)
    return {
        "contradictions": await schedule_contradictions.of_parish(connection, parish_id),
        "read": await schedule_pages.of_parish(connection, parish_id),
        "history": changes(moved, _LONG_AGO),
        "corrections": [one for one in kept if one.counts(moment.at)],
    }


def _days(days: tuple[Any, ...]) -> str:
    return say_days(Recurrence(days))


@router.get("/parishes/{parish_id}/evidence/{evidence_id}")
async def whole(asking: Asking, parish_id: int, evidence_id: int) -> HTMLResponse:
    """The whole visible text of a stored page, with the quote marked in it."""
    async with asking.moment() as moment:
        known = await parish.of(moment.connection, parish_id)
        piece = await evidence.piece(moment.connection, parish_id, evidence_id)
        if known is None or piece is None:
            raise HTTPException(404, "There is no such evidence (any more); see the page of the parish.")
        hash_, limit = piece.evidence.page_hash, _WHOLE_BYTES
        found = await evidence.stored_pages(moment.connection, {hash_: piece.evidence.url}, each=limit, together=limit)
    text = (await visible_texts(found, _WHOLE_SECONDS, pdf=True)).get(hash_)
    values = {
        "one": known,
        "piece": piece,
        "stored": found.get(hash_),
        "text": text,
        "quoted": quoted(text, piece.evidence, None) if text else None,
    }
    return asking.page("evidence.html.j2", moment, seconds=_WHOLE_SECONDS, **values)
