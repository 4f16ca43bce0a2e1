"""The numbers that a monitoring system watches: what is measured, by which labels, and the question that answers it.

Names follow the conventions of Prometheus: a counter ends in `_total`, units are base units, a share is a `_ratio`.
What is not known has no sample: missing is never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vitality_lib.store.alerts import AlertKind
from vitality_lib.store.database import Connection


class Kind(StrEnum):
    """Whether a number may fall."""

    GAUGE = "gauge"
    COUNTER = "counter"


@dataclass(frozen=True)
class Metric:
    """A name with what it means."""

    name: str
    help: str
    kind: Kind = Kind.GAUGE


@dataclass(frozen=True)
class Sample:
    """One number; `labels` are name and value."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Question:
    """Of each row the first columns are the values of the labels, the others those of the metrics."""

    labels: tuple[str, ...]
    metrics: tuple[Metric, ...]
    sql: str


async def read(
    connection: Connection, *, now: datetime, ai_budget: int
) -> tuple[tuple[Metric, tuple[Sample, ...]], ...]:
    """Every metric with its samples as of `now`."""
    kinds = [kind.value for kind in AlertKind]
    found: list[tuple[Metric, tuple[Sample, ...]]] = []
    for question in _QUESTIONS:
        answer = await connection.execute(
            question.sql.encode(), {"now": now, "ai_budget": ai_budget, "alert_kinds": kinds}
        )
        rows = await answer.fetchall()
        width = len(question.labels)
        for place, metric in enumerate(question.metrics, width):
            samples = [
                Sample(float(row[place]), tuple(zip(question.labels, map(str, row[:width]), strict=True)))
                for row in rows
                if row[place] is not None
            ]
            found.append((metric, tuple(samples)))
    return tuple(found)


_QUESTIONS = (
    _Question(
        ("what",),
        (Metric("vitality_published", "Rows that are published now, by what they are."),),
        """WITH served AS MATERIALIZED (
            SELECT parish_id AS id, count(*) AS services FROM services WHERE valid_to IS NULL GROUP BY parish_id
        ), totals AS (
            SELECT count(*) AS parishes, count(website) AS websites, count(services) AS with_services
            FROM parishes LEFT JOIN served USING (id) WHERE gone_at IS NULL
        ) SELECT 'dioceses', count(*) FROM dioceses WHERE listed
        UNION ALL SELECT 'directories', count(*) FROM directories
        UNION ALL SELECT 'parishes', parishes FROM totals
        UNION ALL SELECT 'parishes_with_website', websites FROM totals
        UNION ALL SELECT 'parishes_with_services', with_services FROM totals
        UNION ALL SELECT 'services', coalesce(sum(services), 0) FROM served""",
    ),
    _Question(
        ("stage",),
        (
            Metric("vitality_due_units", "Units of work that are due: dioceses, in the schedule stage parishes."),
            Metric("vitality_oldest_due_age_seconds", "How long the unit that is due longest has been due."),
        ),
        """WITH units AS (
            SELECT 'discovery' AS stage, coalesce(due_at, first_seen) AS due FROM dioceses
                LEFT JOIN visits ON stage = 'discovery' AND unit_kind = 'diocese' AND unit_id = dioceses.id WHERE listed
            UNION ALL SELECT 'extraction', CASE WHEN due_at IS NULL THEN found_at
                    WHEN visited_at < directories.changed_at THEN least(due_at, directories.changed_at) ELSE due_at END
                FROM directories JOIN dioceses ON dioceses.id = diocese_id AND listed
                LEFT JOIN visits ON stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = diocese_id
            UNION ALL SELECT 'schedule', coalesce(due_at, parishes.first_seen)
                FROM parishes JOIN dioceses ON dioceses.id = diocese_id AND listed
                LEFT JOIN visits ON stage = 'schedule' AND unit_kind = 'parish' AND unit_id = parishes.id
                WHERE gone_at IS NULL
        ) SELECT stage, count(*) FILTER (WHERE due <= %(now)s),
            greatest(coalesce(extract(epoch FROM %(now)s - min(due)), 0), 0)
        FROM units GROUP BY stage ORDER BY stage""",
    ),
    _Question(
        ("stage", "unit", "reason"),
        (Metric("vitality_outcomes", "Units by how each ended when it was last worked on: ok, or the reason."),),
        """SELECT stage, unit_kind, reason, count(*) FROM (
            SELECT DISTINCT ON (stage, unit_kind, unit_id) stage, unit_kind, reason FROM outcomes
            WHERE unit_kind <> 'stage' ORDER BY stage, unit_kind, unit_id, finished_at DESC
        ) newest GROUP BY stage, unit_kind, reason ORDER BY stage, unit_kind, reason""",
    ),
    _Question(
        ("stage",),
        (Metric("vitality_last_good_run_timestamp_seconds", "When the last run of the stage ended well."),),
        "SELECT stage, extract(epoch FROM max(finished_at)) FROM runs WHERE status = 'ok' GROUP BY 1 ORDER BY 1",
    ),
    _Question(
        ("type", "state"),
        (Metric("vitality_workers", "Workers that were ever seen, by stage and state."),),
        "SELECT worker_type, status, count(*) FROM pipeline_workers GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    _Question(
        ("type",),
        (
            Metric("vitality_worker_heartbeat_age_seconds", "How long the most silent active worker has been silent."),
            Metric("vitality_worker_pages_per_minute", "Pages that the active workers fetch a minute, all together."),
            Metric("vitality_worker_memory_bytes", "Memory of the largest active worker with its browser."),
            Metric("vitality_worker_errors", "Internal errors of the active workers since each began."),
        ),
        """SELECT worker_type, extract(epoch FROM max(%(now)s - last_heartbeat)), sum(pages_a_minute),
            max(memory_bytes), sum(errors)
        FROM pipeline_workers WHERE status = 'active' GROUP BY 1 ORDER BY 1""",
    ),
    _Question(
        (),
        (
            Metric("vitality_requests_total", "Requests that were made to websites.", Kind.COUNTER),
            Metric("vitality_hosts", "Hosts that were ever asked."),
        ),
        "SELECT coalesce(sum(requests), 0), count(*) FROM hosts",
    ),
    _Question(
        ("reason",),
        (Metric("vitality_hosts_breaker_open", "Hosts that are left alone just now, by why."),),
        """SELECT coalesce(open_reason, 'unknown'), count(*) FROM hosts WHERE open_until > %(now)s
        GROUP BY 1 ORDER BY 1""",
    ),
    _Question(
        ("state",),
        (Metric("vitality_turns", "Requests in the queue for hosts: those in flight, and those that wait."),),
        """SELECT state, count(turns) FROM unnest(ARRAY['in_flight', 'waiting']) AS state
        LEFT JOIN turns ON lapses_at > %(now)s AND (taken_at IS NULL) = (state = 'waiting')
        GROUP BY state ORDER BY state""",
    ),
    _Question(
        (),
        (
            Metric("vitality_ai_calls_total", "Questions to the model that were counted.", Kind.COUNTER),
            Metric("vitality_ai_tokens_total", "Tokens that the model's answers cost.", Kind.COUNTER),
            Metric("vitality_ai_calls_today", "Questions to the model since midnight UTC."),
            Metric("vitality_ai_budget_calls", "Questions to the model that a day may have."),
        ),
        """SELECT count(*), coalesce(sum(tokens), 0),
            count(*) FILTER (WHERE asked_at >= date_trunc('day', %(now)s, 'UTC')), %(ai_budget)s FROM ai_calls""",
    ),
    _Question(
        (),
        (Metric("vitality_reviews_open", "Readings of directories that are held back and wait for a decision."),),
        "SELECT count(*) FROM reviews WHERE decided_at IS NULL",
    ),
    _Question(
        ("what", "days"),
        (Metric("vitality_fresh_ratio", "Share of directories, and of parish websites, read well within these days."),),
        """WITH units AS (
            SELECT 'directories' AS what, good_at FROM directories JOIN dioceses ON dioceses.id = diocese_id AND listed
                LEFT JOIN visits ON stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = diocese_id
            UNION ALL SELECT 'parishes', good_at FROM parishes
                LEFT JOIN visits ON stage = 'schedule' AND unit_kind = 'parish' AND unit_id = parishes.id
                WHERE gone_at IS NULL AND website IS NOT NULL
        ), shares AS (
            SELECT what, avg((coalesce(good_at, '-infinity') >= %(now)s - interval '8 days')::int) AS within_8,
                avg((coalesce(good_at, '-infinity') >= %(now)s - interval '15 days')::int) AS within_15
            FROM units GROUP BY what
        ) SELECT what, days, share FROM shares, LATERAL (VALUES (8, within_8), (15, within_15)) AS each (days, share)
        ORDER BY what, days""",
    ),
    _Question(
        (),
        (Metric("vitality_last_report_timestamp_seconds", "When the last report was made."),),
        "SELECT extract(epoch FROM max(made_at)) FROM reports",
    ),
    _Question(
        ("kind",),
        (Metric("vitality_alerts_open", "Alerts whose condition is not over, by kind."),),
        """SELECT name, count(alerts) FROM unnest(%(alert_kinds)s::text[]) AS name
        LEFT JOIN alerts ON kind = name AND cleared_at IS NULL GROUP BY name ORDER BY name""",
    ),
)
