"""What may go: one rule a table, by age and by count. What facts, their evidence or `--as-of` need never does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

from vitality_lib.settings import Settings
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.reported import KEPT_DAYS

AT_ONCE = 1000  # rows a transaction: some hundredths of a second


@dataclass(frozen=True)
class Rule:
    """Rows of a table that go. `goes` is a condition in SQL, which knows the table as `it`; `why` is for a person."""

    table: LiteralString
    why: str
    goes: LiteralString


# Ended services and earlier wordings keep their evidence: what `export --as-of` gives names pages that are still there.
_QUOTED: LiteralString = """
    EXISTS (SELECT FROM evidence WHERE page_hash = {hash})
    OR EXISTS (SELECT FROM schedule_pages WHERE page_hash = {hash})
    OR EXISTS (SELECT FROM parishes WHERE page_hash = {hash})
    OR EXISTS (SELECT FROM reviews WHERE page_hash = {hash})
    OR EXISTS (SELECT FROM service_wordings
        WHERE service_wordings.evidence @> jsonb_build_array(jsonb_build_object('page_hash', {hash})))
    OR EXISTS (SELECT FROM service_corrections c WHERE strpos(concat(c.wrong, c.right_one), {hash}) > 0)"""
_OLD_RUN: LiteralString = """{run}.started_at < %(ledger)s
    AND {run}.started_at < (SELECT min(started_at) FROM (SELECT started_at FROM runs newer
        WHERE newer.stage = {run}.stage ORDER BY started_at DESC LIMIT %(runs)s) AS newest)
    AND ({run}.status <> 'ok' OR EXISTS (SELECT FROM runs newer WHERE newer.stage = {run}.stage
        AND newer.status = 'ok' AND newer.finished_at > {run}.finished_at))
    AND NOT EXISTS (SELECT FROM outcomes o WHERE o.run = {run}.run AND o.stage = {run}.stage)"""
_NEWER: LiteralString = """EXISTS (SELECT FROM outcomes newer WHERE newer.stage = it.stage
    AND newer.unit_kind = it.unit_kind AND newer.unit_id = it.unit_id AND newer.finished_at > it.finished_at{and_ok})"""

# In this order: what goes first lets others go.
RULES = (
    Rule(
        "outcomes",
        "old; the unit has newer ones, and newer good ones",
        "it.finished_at < %(ledger)s AND "  # noqa: S608 - constants
        + _NEWER.format(and_ok="")
        + " AND (it.reason <> 'ok' OR "
        + _NEWER.format(and_ok=" AND newer.reason = 'ok'")
        + """) AND it.run NOT IN (SELECT run FROM (
            SELECT run, row_number() OVER (PARTITION BY stage ORDER BY started_at DESC) AS place FROM runs
        ) AS placed WHERE place <= %(runs)s)""",
    ),
    Rule(
        "planned_units",
        "their run goes",
        "EXISTS (SELECT FROM runs r WHERE r.run = it.run AND r.stage = it.stage AND " + _OLD_RUN.format(run="r") + ")",
    ),
    Rule(
        "runs",
        "old, without outcomes, and not among the newest",
        _OLD_RUN.format(run="it")
        + " AND NOT EXISTS (SELECT FROM planned_units p WHERE p.run = it.run AND p.stage = it.stage)",
    ),
    Rule(
        "pages",
        "not asked for any more, and no published fact was read from them",
        "it.checked_at < %(pages)s AND NOT (" + _QUOTED.format(hash="it.body_hash") + ")",
    ),
    Rule(
        "page_bodies",
        "their page has changed, and no fact, past or present, was read from them",
        "it.left_at < %(bodies)s AND NOT EXISTS (SELECT FROM pages WHERE body_hash = it.hash) AND NOT ("
        + _QUOTED.format(hash="it.hash")
        + ")",
    ),
    Rule("robots", "run out long ago, and never read again", "it.good_until < %(hosts)s"),
    Rule(
        "hosts",
        "not asked for long; nothing is shut and nobody waits",
        # The lock is that of take_turn: nobody is just about to take a turn.
        """it.ended_at < %(hosts)s AND it.ended_at > '-infinity' AND it.next_at < %(now)s AND it.open_until < %(now)s
        AND NOT EXISTS (SELECT FROM turns WHERE turns.host = it.host)
        AND pg_try_advisory_xact_lock(hashtextextended(it.host, 0))""",
    ),
    Rule(
        "ai_calls",
        "old questions without an answer, and very old answers",
        "it.asked_at < CASE it.state WHEN 'answered' THEN %(answers)s ELSE %(calls)s END",
    ),
    Rule("reported_events", "old", "it.received_at < %(events)s"),
    Rule("alerts", "over for long", "it.cleared_at < %(alerts)s"),
)


def limits(settings: Settings, now: datetime) -> Mapping[str, object]:
    """The values that the rules compare with."""
    ago = {
        "ledger": settings.keep_outcomes_days,
        "pages": settings.keep_pages_days,
        "bodies": settings.keep_bodies_days,
        "hosts": settings.keep_hosts_days,
        "calls": settings.keep_ai_calls_days,
        "answers": settings.keep_ai_answers_days,
        "alerts": settings.keep_alerts_days,
        "events": KEPT_DAYS,
    }
    return {"now": now, "runs": settings.keep_runs, **{name: now - timedelta(days=days) for name, days in ago.items()}}


async def due(connection: Connection, rule: Rule, values: Mapping[str, object]) -> int:
    """How many rows go by a rule; what goes only after others have gone is not counted."""
    row = await (
        await connection.execute(f"SELECT count(*) FROM {rule.table} it WHERE {rule.goes}".encode(), values)  # noqa: S608
    ).fetchone()
    return int(row[0]) if row else 0


async def prune_some(connection: Connection, rule: Rule, values: Mapping[str, object], at_most: int = AT_ONCE) -> int:
    """Delete at most so many rows that go by a rule; what others have in hand is left for the next time.

    Rows are locked, and then looked at again: what was referred to in between is seen, and stays.
    """
    found = await connection.execute(
        f"SELECT ctid::text FROM {rule.table} it WHERE {rule.goes} LIMIT {at_most:d} FOR UPDATE SKIP LOCKED".encode(),  # noqa: S608
        values,
    )
    places = [place async for (place,) in found]
    if not places:
        return 0
    gone = await connection.execute(
        f"DELETE FROM {rule.table} it WHERE ctid = ANY(%(places)s::tid[]) AND {rule.goes}".encode(),  # noqa: S608
        {**values, "places": places},
    )
    return gone.rowcount


async def prune(
    database: Database,
    rule: Rule,
    values: Mapping[str, object],
    at_most: int = AT_ONCE,
    seen: Callable[[int], None] = lambda _: None,
) -> int:
    """Delete all that goes by a rule, some rows a transaction: it may end at any time, and be begun again.

    `seen` is told how many have gone so far.
    """
    whole = 0
    while True:
        async with database.transaction() as connection:
            gone = await prune_some(connection, rule, values, at_most)
        whole += gone
        seen(whole)
        if not gone:
            return whole
