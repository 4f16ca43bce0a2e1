"""What the report asks the database, one function a question. The answers are plain rows: pandas does the counting."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

from vitality_lib.store.database import Connection

_AT_ONCE = 10_000
_PAGES_KEPT = 60


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
    begun_before = connection.info.transaction_status is not TransactionStatus.IDLE
    async with connection.transaction():
        if not begun_before:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # Compiling each of a hundred short questions takes longer than asking it.
        await connection.execute("SELECT set_config('jit', 'off', true), set_config('work_mem', '32MB', true)")
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


async def parishes(connection: Connection, since: datetime | None) -> AsyncIterator[Answer]:
    """Every published parish, and those gone after `since`. A parish of a diocese off the list is still published.

    `state` is that of the diocese where the parish's own is not known.
    """
    question = """
        SELECT p.id, p.diocese_id, d.name AS diocese, p.name, p.street, p.city, coalesce(p.state, d.state) AS state,
            p.phone, p.website, p.first_seen, p.changed_at, p.gone_at
        FROM parishes p JOIN dioceses d ON d.id = p.diocese_id
        WHERE p.gone_at IS NULL OR p.gone_at > %(since)s
        ORDER BY d.name, p.name, p.id
        """
    async for some in _stream(connection, question, {"since": since}):
        yield some


async def services(connection: Connection) -> AsyncIterator[Answer]:
    """The services of published parishes that stand now; lists are words parted by spaces."""
    question = """
        SELECT s.parish_id, p.diocese_id, coalesce(s.church_id, 0) AS church_id, s.type,
            array_to_string(s.days, ' ') AS days, array_to_string(s.ordinals, ' ') AS ordinals, s.weeks,
            array_to_string(s.month_days, ' ') AS month_days, s.season, s.begins, s.ends, s.start_time, s.end_time,
            s.nights, s.language
        FROM services s JOIN parishes p ON p.id = s.parish_id AND p.gone_at IS NULL
        WHERE s.valid_to IS NULL ORDER BY s.parish_id, s.id
        """
    async for some in _stream(connection, question):
        yield some


async def begun(connection: Connection, since: datetime | None) -> AsyncIterator[Answer]:
    """The services of published parishes that began after `since` and stand now; none when it is None."""
    async for some in _stream(
        connection, _MOVED.format(at="valid_from", stands="s.valid_to IS NULL"), {"since": since}
    ):
        yield some


async def ended(connection: Connection, since: datetime | None) -> AsyncIterator[Answer]:
    """The services of published parishes that ended after `since`; none when it is None."""
    async for some in _stream(connection, _MOVED.format(at="valid_to", stands="true"), {"since": since}):
        yield some


_MOVED = """
    SELECT d.name AS diocese, p.name AS parish, s.words, s.{at}
    FROM services s JOIN parishes p ON p.id = s.parish_id AND p.gone_at IS NULL JOIN dioceses d ON d.id = p.diocese_id
    WHERE s.{at} > %(since)s AND {stands} ORDER BY d.name, p.name, p.id, s.id
    """


async def outcomes(connection: Connection) -> AsyncIterator[Answer]:
    """Reasons of the newest outcome of each unit still there: stages, listed dioceses, published parishes."""
    question = """
        SELECT DISTINCT ON (o.stage, o.unit_kind, o.unit_id) o.stage, o.unit_kind, o.unit_id, o.reason
        FROM outcomes o
        LEFT JOIN dioceses d ON o.unit_kind = 'diocese' AND d.id = o.unit_id AND d.listed
        LEFT JOIN parishes p ON o.unit_kind = 'parish' AND p.id = o.unit_id AND p.gone_at IS NULL
        WHERE o.unit_kind = 'stage' OR d.id IS NOT NULL OR p.id IS NOT NULL
        ORDER BY o.stage, o.unit_kind, o.unit_id, o.finished_at DESC
        """
    async for some in _stream(connection, question):
        yield some


async def visits(connection: Connection) -> AsyncIterator[Answer]:
    """When each unit was last visited with success."""
    async for some in _stream(connection, "SELECT stage, unit_kind, unit_id, good_at FROM visits"):
        yield some


async def questions_to_the_model(connection: Connection, now: datetime) -> Answer:
    """Questions of the 30 days up to `now` and of its UTC day, by purpose and model; tokens as the service counts."""
    return await _ask(
        connection,
        """
        SELECT purpose, model, count(*) AS calls, count(*) FILTER (WHERE state = 'answered') AS answered,
            count(*) FILTER (WHERE state = 'failed') AS failed, coalesce(sum(tokens), 0)::bigint AS tokens,
            count(*) FILTER (WHERE asked_at >= date_trunc('day', %(now)s::timestamptz, 'UTC')) AS calls_today
        FROM ai_calls WHERE asked_at > %(now)s::timestamptz - interval '30 days' AND asked_at <= %(now)s
        GROUP BY purpose, model ORDER BY purpose, model
        """,
        {"now": now},
    )


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
    connection: Connection, *, run: str, made_at: datetime, figures: Mapping[str, Any], path: str, page: bytes
) -> None:
    """Remember a report: its figures for good, its page (HTML, compressed here) while it is among the newest 60."""
    await connection.execute(
        "INSERT INTO reports (run, made_at, figures, path, page) VALUES (%s, %s, %s, %s, %s)",
        (run, made_at, Jsonb(dict(figures)), path, zlib.compress(page)),
    )
    await connection.execute(
        """UPDATE reports SET page = NULL WHERE page IS NOT NULL
        AND id NOT IN (SELECT id FROM reports ORDER BY made_at DESC, id DESC LIMIT %s)""",
        [_PAGES_KEPT],
    )


async def _ask(connection: Connection, question: str, values: Mapping[str, Any] | None = None) -> Answer:
    async with connection.cursor() as cursor:
        await cursor.execute(question.encode(), values)
        columns = tuple(column.name for column in cursor.description or ())
        return Answer(columns, tuple(await cursor.fetchall()))


async def _stream(
    connection: Connection, question: str, values: Mapping[str, Any] | None = None
) -> AsyncIterator[Answer]:
    """The rows some thousands at a time, one answer at least: the whole country at once would fill the memory."""
    async with connection.cursor("report") as cursor:
        await cursor.execute(question.encode(), values)
        columns = tuple(column.name for column in cursor.description or ())
        yield Answer(columns, tuple(await cursor.fetchmany(_AT_ONCE)))
        while rows := await cursor.fetchmany(_AT_ONCE):
            yield Answer(columns, tuple(rows))
