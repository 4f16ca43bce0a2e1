"""What the report asks the database, one function a question. The answers are plain rows: pandas does the counting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class Answer:
    """Rows as PostgreSQL gave them, and the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class EarlierReport:
    """A report of the past: when it was made and its figures as they were kept."""

    made_at: datetime
    figures: Mapping[str, Any]


@asynccontextmanager
async def one_moment(connection: Connection) -> AsyncIterator[None]:
    """All questions asked inside see one moment of the database, whatever is published meanwhile.

    Inside a transaction that the caller has begun, they see what that transaction sees.
    """
    begun = connection.info.transaction_status is not TransactionStatus.IDLE
    async with connection.transaction():
        if not begun:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


async def dioceses(connection: Connection) -> Answer:
    """Every diocese, those that left the list too, with its directory and whether a reading is held back."""
    return await _ask(
        connection,
        """
        SELECT d.id, d.name, d.state, d.website, d.listed, d.first_seen, d.changed_at,
            f.url AS directory, f.platform, f.route, f.found_at AS directory_found_at,
            f.changed_at AS directory_changed_at, r.created_at AS held_since
        FROM dioceses d
        LEFT JOIN directories f ON f.diocese_id = d.id
        LEFT JOIN reviews r ON r.diocese_id = d.id AND r.decided_at IS NULL
        ORDER BY d.state NULLS LAST, d.name
        """,
    )


async def parishes(connection: Connection, since: datetime | None) -> Answer:
    """Every published parish, and those gone after `since`. A parish of a diocese off the list is still published."""
    return await _ask(
        connection,
        """
        SELECT p.id, p.diocese_id, d.name AS diocese, p.name, p.street, p.city, p.state, p.zip, p.phone, p.website,
            p.latitude, p.longitude, p.first_seen, p.changed_at, p.gone_at
        FROM parishes p JOIN dioceses d ON d.id = p.diocese_id
        WHERE p.gone_at IS NULL OR p.gone_at > %(since)s
        ORDER BY d.name, p.name, p.id
        """,
        {"since": since},
    )


async def services(connection: Connection, since: datetime | None) -> Answer:
    """The services of published parishes that stand now, and those that ended after `since`.

    `confidence` is that of the best evidence, NULL with none at all.
    """
    return await _ask(
        connection,
        """
        SELECT s.id, s.parish_id, p.diocese_id, d.name AS diocese, p.name AS parish, s.church_id, s.type, s.days,
            s.ordinals, s.season, s.start_time, s.end_time, s.language, s.vigil, s.note, s.words,
            s.valid_from, s.valid_to, e.confidence
        FROM services s
        JOIN parishes p ON p.id = s.parish_id AND p.gone_at IS NULL
        JOIN dioceses d ON d.id = p.diocese_id
        LEFT JOIN (SELECT service_id, max(confidence) AS confidence FROM evidence GROUP BY service_id) e
            ON e.service_id = s.id
        WHERE s.valid_to IS NULL OR s.valid_to > %(since)s
        ORDER BY d.name, p.name, p.id, s.id
        """,
        {"since": since},
    )


async def outcomes(connection: Connection) -> Answer:
    """The newest outcome of each unit that is still there: stages, listed dioceses, published parishes."""
    return await _ask(
        connection,
        """
        SELECT DISTINCT ON (o.stage, o.unit_kind, o.unit_id)
            o.stage, o.unit_kind, o.unit_id, o.reason, o.detail, o.run, o.finished_at,
            coalesce(p.name, d.name, '') AS unit, coalesce(pd.name, d.name, '') AS diocese
        FROM outcomes o
        LEFT JOIN dioceses d ON o.unit_kind = 'diocese' AND d.id = o.unit_id AND d.listed
        LEFT JOIN parishes p ON o.unit_kind = 'parish' AND p.id = o.unit_id AND p.gone_at IS NULL
        LEFT JOIN dioceses pd ON pd.id = p.diocese_id
        WHERE o.unit_kind = 'stage' OR d.id IS NOT NULL OR p.id IS NOT NULL
        ORDER BY o.stage, o.unit_kind, o.unit_id, o.finished_at DESC
        """,
    )


async def visits(connection: Connection) -> Answer:
    """When each unit was last visited, and last visited with success."""
    return await _ask(connection, "SELECT stage, unit_kind, unit_id, visited_at, good_at, due_at FROM visits")


async def earlier_reports(connection: Connection) -> tuple[EarlierReport, ...]:
    """The last report of each past day, oldest first; of the newest day, too."""
    answer = await _ask(
        connection,
        """
        SELECT made_at, figures FROM (
            SELECT DISTINCT ON (date_trunc('day', made_at, 'UTC')) made_at, figures, id
            FROM reports ORDER BY date_trunc('day', made_at, 'UTC'), made_at DESC, id DESC
        ) last_of_day ORDER BY made_at
        """,
    )
    return tuple(EarlierReport(*row) for row in answer.rows)


async def keep_report(
    connection: Connection, *, run: str, made_at: datetime, figures: Mapping[str, Any], path: str
) -> None:
    """Remember the figures of a report, for growth over time and for what changed since."""
    await connection.execute(
        "INSERT INTO reports (run, made_at, figures, path) VALUES (%s, %s, %s, %s)",
        (run, made_at, Jsonb(dict(figures)), path),
    )


async def _ask(connection: Connection, question: str, values: Mapping[str, Any] | None = None) -> Answer:
    async with connection.cursor() as cursor:
        await cursor.execute(question.encode(), values)
        columns = tuple(column.name for column in cursor.description or ())
        return Answer(columns, tuple(await cursor.fetchall()))
