"""What is the matter with the data just now, of all that the database can tell: stalls, readings held back, budget."""

from __future__ import annotations

from datetime import UTC, datetime

from vitality_lib.models import Stage
from vitality_lib.settings import Settings
from vitality_lib.store import alerts, reviews
from vitality_lib.store.alerts import Alert, AlertKind
from vitality_lib.store.database import Connection
from vitality_lib.store.reviews import OpenReview
from vitality_lib.work import watchdog
from vitality_lib.work.watchdog import Stall

KINDS = (AlertKind.STALLED, AlertKind.HELD_FOR_REVIEW, AlertKind.AI_BUDGET)
NEAR_ITS_END = 0.8  # of the day's budget
_WATCHED = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE)


async def now(connection: Connection, settings: Settings, moment: datetime) -> tuple[Alert, ...]:
    """Everything of `KINDS` that is the matter at this moment."""
    stalls = [await watchdog.look(connection, stage, settings.stalled_cycles) for stage in _WATCHED]
    held = await reviews.waiting(connection)
    asked = await alerts.ai_calls_since_midnight(connection, moment)
    return (
        *(_stalled(stall) for stall in stalls if stall),
        *(_held(review) for review in held),
        *_budget(asked, settings.gemini_budget, moment),
    )


def _stalled(stall: Stall) -> Alert:
    detail = {"stage": stall.stage.value, "cycles": stall.cycles, "units": stall.units, "reasons": dict(stall.reasons)}
    return Alert(AlertKind.STALLED, stall.stage.value, stall.line, "vitality status", detail)


def _held(review: OpenReview) -> Alert:
    what = (
        f"{review.diocese} is held back: {review.published} parishes are published, "
        f"{review.proposed} were read ({review.why})"
    )
    detail = {"diocese": review.diocese, "review": review.id, "reason": review.why}
    return Alert(AlertKind.HELD_FOR_REVIEW, review.diocese, what, f"vitality review show {review.id}", detail)


def _budget(asked: int, budget: int, moment: datetime) -> tuple[Alert, ...]:
    if not asked or asked < NEAR_ITS_END * budget:
        return ()
    left = max(budget - asked, 0)
    what = f"{asked} of today's {budget} questions to the model are asked, {left} are left until midnight UTC"
    mend = "raise VITALITY_GEMINI_BUDGET in Airflow's environment, or nothing: without the model less is found, no more"
    return (Alert(AlertKind.AI_BUDGET, f"{moment.astimezone(UTC):%Y-%m-%d}", what, mend, {"asked": asked}),)
