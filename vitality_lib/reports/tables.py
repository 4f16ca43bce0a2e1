"""The rows that a report is worked out from, as pandas frames of one moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from vitality_lib.store import corrections, overrides, schedule_contradictions, storage_sizes
from vitality_lib.store import report_queries as ask
from vitality_lib.store.checks import every as checks
from vitality_lib.store.checks.asking import Judged
from vitality_lib.store.corrections import KeptCorrection
from vitality_lib.store.database import Connection
from vitality_lib.store.overrides import OverrideInUse
from vitality_lib.store.report_queries import Answer, EarlierReport
from vitality_lib.store.schedule_contradictions import ContradictionOfParish
from vitality_lib.store.storage_sizes import Storage

_MOMENTS = {
    *("first_seen", "changed_at", "gone_at", "directory_found_at", "directory_changed_at", "held_since"),
    *("valid_from", "valid_to", "good_at"),
}
_IDS = {"id", "diocese_id", "parish_id", "church_id", "unit_id"}
_COUNTS = {"weeks", "nights", "calls", "answered", "failed", "tokens", "calls_today"}


@dataclass(frozen=True)
class Tables:
    """Frames named after their question in `store.report_queries`, with its columns.

    Times are UTC; what is not known is NaN or NaT. `parishes` and `services` hold what is published at `now`; `gone`
    are the parishes, `begun` and `ended` the services that moved since the report before. `earlier` is oldest first.
    """

    now: datetime
    dioceses: pd.DataFrame
    parishes: pd.DataFrame
    gone: pd.DataFrame
    services: pd.DataFrame
    begun: pd.DataFrame
    ended: pd.DataFrame
    outcomes: pd.DataFrame
    visits: pd.DataFrame
    questions: pd.DataFrame
    judged: tuple[Judged, ...]
    overrides: tuple[OverrideInUse, ...]
    corrections: tuple[KeptCorrection, ...]
    contradictions: tuple[ContradictionOfParish, ...]
    earlier: tuple[EarlierReport, ...]
    storage: Storage

    @property
    def before(self) -> EarlierReport | None:
        """The report before this one, or None when this is the first."""
        return self.earlier[-1] if self.earlier else None

    @property
    def listed(self) -> pd.DataFrame:
        """The dioceses that the newest list holds."""
        return self.dioceses[self.dioceses["listed"]]

    def confirmed(self, units: pd.DataFrame, stage: str, unit_kind: str) -> pd.Series[pd.Timestamp]:
        """When each of `units` (a frame of dioceses or parishes) was last visited with success; NaT when never."""
        rows = self.visits[(self.visits["stage"] == stage) & (self.visits["unit_kind"] == unit_kind)]
        return rows.set_index("unit_id")["good_at"].reindex(units["id"]).set_axis(units.index)


async def read(connection: Connection, now: datetime) -> Tables:
    """Ask everything a report needs. `now` is the time that the report speaks of."""
    earlier = await ask.earlier_reports(connection)
    since = earlier[-1].made_at if earlier else None
    judged = await checks.ask_all(connection, now)
    parishes = await _streamed(ask.parishes(connection, since))
    return Tables(
        now=now,
        dioceses=frame(await ask.dioceses(connection)),
        parishes=parishes[parishes["gone_at"].isna()].reset_index(drop=True),
        gone=parishes[parishes["gone_at"].notna()].reset_index(drop=True),
        services=await _streamed(ask.services(connection)),
        begun=await _streamed(ask.begun(connection, since)),
        ended=await _streamed(ask.ended(connection, since)),
        outcomes=await _streamed(ask.outcomes(connection)),
        visits=await _streamed(ask.visits(connection)),
        questions=frame(await ask.questions_to_the_model(connection, now)),
        judged=judged,
        overrides=await overrides.in_use(connection),
        corrections=await corrections.every(connection),
        contradictions=await schedule_contradictions.every(connection),
        earlier=earlier,
        storage=await storage_sizes.measured(connection, now),
    )


async def _streamed(answers: AsyncIterator[Answer]) -> pd.DataFrame:
    """Each part becomes a frame before the next is fetched: Python's own objects take ten times the room."""
    return pd.concat([frame(answer) async for answer in answers], ignore_index=True)


def frame(answer: Answer) -> pd.DataFrame:
    """An answer as a frame whose columns have their types even when there is no row."""
    made = pd.DataFrame(list(answer.rows), columns=list(answer.columns))
    for column in answer.columns:
        if column in _MOMENTS:
            made[column] = pd.to_datetime(made[column], utc=True)
        elif column in _IDS:
            made[column] = made[column].astype("int64")
        elif column in _COUNTS:
            made[column] = made[column].astype("int32" if column in ("weeks", "nights") else "int64")
        elif column == "listed":
            made[column] = made[column].astype("bool")
        else:
            made[column] = made[column].astype("str")
    return made
