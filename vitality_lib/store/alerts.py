"""What a person should look at: each condition is told of once, until it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from psycopg.types.json import Jsonb

from vitality_lib.store.changes import clean, cleaned
from vitality_lib.store.database import Connection

_LONGEST_SUBJECT = 300  # characters; it stands in an index
_FORGOTTEN_AFTER = timedelta(days=30)  # a task that failed and never came again: its diocese has left the list


class AlertKind(StrEnum):
    """What may be the matter."""

    STAGE_LATE = "stage_late"
    RUN_FAILED = "run_failed"
    TASK_FAILED = "task_failed"
    STALLED = "stalled"
    HELD_FOR_REVIEW = "held_for_review"
    AI_BUDGET = "ai_budget"


@dataclass(frozen=True)
class Alert:
    """Something that a person should look at.

    `kind` and `subject` together name the condition. `what` is one line for a person, `mend` what to do about it, a
    command most often; `detail` is anything that JSON can say.
    """

    kind: AlertKind
    subject: str
    what: str
    mend: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)

    def record(self) -> dict[str, object]:
        """As JSON: what a receiver gets. `text` is all of it in one line, as chat services show it."""
        text = f"{self.what}; do: {self.mend}" if self.mend else self.what
        return {
            "text": text,
            "kind": self.kind.value,
            "subject": self.subject,
            "what": self.what,
            "mend": self.mend,
            "detail": dict(self.detail),
        }


@dataclass(frozen=True)
class OpenAlert:
    """An alert whose condition is not over."""

    id: int
    alert: Alert
    first_seen: datetime
    last_seen: datetime


async def open_alerts(connection: Connection) -> tuple[OpenAlert, ...]:
    """Those whose condition is not over, the newest first."""
    rows = await connection.execute(
        "SELECT id, kind, subject, what, mend, detail, first_seen, last_seen FROM alerts WHERE cleared_at IS NULL"
        " ORDER BY first_seen DESC, id DESC"
    )
    return tuple([OpenAlert(row[0], _alert(row[1:6]), row[6], row[7]) async for row in rows])


async def note(connection: Connection, alert: Alert, now: datetime) -> bool:
    """Note that a condition is seen; whether it is new, so that somebody must be told.

    Of a condition that is open already the newest words are kept.
    """
    row = await (
        await connection.execute(
            """INSERT INTO alerts (kind, subject, what, mend, detail, first_seen, last_seen)
            VALUES (%(kind)s, %(subject)s, %(what)s, %(mend)s, %(detail)s, %(now)s, %(now)s)
            ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO UPDATE SET what = EXCLUDED.what,
                mend = EXCLUDED.mend, detail = EXCLUDED.detail, last_seen = EXCLUDED.last_seen
            RETURNING xmax = 0""",  # of a row that was inserted, and not updated
            {
                "kind": alert.kind.value,
                "subject": _subject(alert.subject),
                "what": clean(alert.what),
                "mend": clean(alert.mend),
                "detail": Jsonb(cleaned(alert.detail)),
                "now": now,
            },
        )
    ).fetchone()
    return row is not None and bool(row[0])


async def clear(connection: Connection, kind: AlertKind, subjects: Iterable[str], now: datetime) -> int:
    """The conditions are over; how many of them were open."""
    done = await connection.execute(
        "UPDATE alerts SET cleared_at = %s WHERE kind = %s AND subject = ANY(%s) AND cleared_at IS NULL",
        [now, kind.value, [_subject(subject) for subject in subjects]],
    )
    return done.rowcount


async def note_all(
    connection: Connection, kinds: Iterable[AlertKind], seen: Sequence[Alert], now: datetime
) -> tuple[Alert, ...]:
    """Note everything of these kinds that is the matter now; what is open of them and not `seen` is over.

    Returns those that are new. Failed tasks that were not heard of for 30 days are over, too.
    """
    named = [f"{alert.kind} {_subject(alert.subject)}" for alert in seen]
    await connection.execute(
        """UPDATE alerts SET cleared_at = %(now)s WHERE cleared_at IS NULL AND (
            (kind = ANY(%(kinds)s) AND kind || ' ' || subject <> ALL(%(named)s))
            OR (kind = 'task_failed' AND last_seen < %(long_ago)s))""",
        {
            "now": now,
            "kinds": [kind.value for kind in kinds],
            "named": named,
            "long_ago": now - _FORGOTTEN_AFTER,
        },
    )
    return tuple([alert for alert in seen if await note(connection, alert, now)])


async def announce(connection: Connection, now: datetime) -> tuple[Alert, ...]:
    """The open alerts that no event told of yet, the oldest first; from now on they count as told."""
    rows = await connection.execute(
        """WITH told AS (
            UPDATE alerts SET announced_at = %s WHERE announced_at IS NULL AND cleared_at IS NULL RETURNING *
        ) SELECT kind, subject, what, mend, detail FROM told ORDER BY first_seen, id""",
        [now],
    )
    return tuple([_alert(row) async for row in rows])


async def unsent(connection: Connection) -> tuple[Alert, ...]:
    """The open alerts that no receiver has taken yet, the oldest first."""
    rows = await connection.execute(
        "SELECT kind, subject, what, mend, detail FROM alerts WHERE sent_at IS NULL AND cleared_at IS NULL"
        " ORDER BY first_seen, id"
    )
    return tuple([_alert(row) async for row in rows])


async def sent(connection: Connection, alert: Alert, now: datetime) -> None:
    """Note that a receiver has taken it."""
    await connection.execute(
        "UPDATE alerts SET sent_at = %s WHERE kind = %s AND subject = %s AND sent_at IS NULL AND cleared_at IS NULL",
        [now, alert.kind.value, _subject(alert.subject)],
    )


async def ai_calls_since_midnight(connection: Connection, now: datetime) -> int:
    """How many questions to the model were counted today (UTC), whatever became of them."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    row = await (await connection.execute("SELECT count(*) FROM ai_calls WHERE asked_at >= %s", [midnight])).fetchone()
    return int(row[0]) if row else 0


def _subject(text: str) -> str:
    return clean(text)[:_LONGEST_SUBJECT]


def _alert(row: Sequence[object]) -> Alert:
    kind, subject, what, mend, detail = row
    return Alert(AlertKind(str(kind)), str(subject), str(what), str(mend), dict(detail))  # type: ignore[call-overload]
