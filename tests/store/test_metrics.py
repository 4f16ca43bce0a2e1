"""The numbers for a monitoring system, against what stands in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from vitality_lib import metrics
from vitality_lib.models import Candidate, Diocese, Outcome, ParishEntry, Reason, Stage, UnitKind
from vitality_lib.settings import load
from vitality_lib.store import alerts, dioceses, directories, ledger, parishes, reviews, visits, workers
from vitality_lib.store import metrics as questions
from vitality_lib.store.alerts import Alert, AlertKind
from vitality_lib.store.database import Connection
from vitality_lib.store.metrics import Kind, Metric, Sample
from vitality_lib.store.parishes import ListedParish

Numbers = dict[str, dict[tuple[str, ...], float]]
DAY = timedelta(days=1)


async def numbers(connection: Connection, now: datetime) -> Numbers:
    """Of each metric its samples by the values of their labels, as Prometheus' own reader understands them."""
    text = await metrics.text(connection, load(gemini_budget=50), now)
    return {
        sample.name: {tuple(one.labels.values()): one.value for one in family.samples}
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def parish_ids(connection: Connection) -> list[int]:
    return [row[0] async for row in await connection.execute("SELECT id FROM parishes ORDER BY id")]


async def fill(connection: Connection, diocese: int, now: datetime) -> list[int]:
    """A directory, read a day late; three parishes, one of them not visited yet, one ten days ago. Their ids."""
    found = Candidate("http://larkspur.example/parishes", "Parishes", 1.0)
    await directories.publish(connection, diocese, found, platform=None, proved=3, now=now - 9 * DAY)
    listed = [ListedParish(f"st-{n}", ParishEntry(f"St. {n}", website=f"http://st{n}.example/")) for n in range(3)]
    await parishes.publish(connection, diocese, listed, now - 3 * DAY)
    ids = await parish_ids(connection)
    good = {"good": True, "changed": False}
    await visits.record(connection, Stage.DISCOVERY, UnitKind.DIOCESE, diocese, **good, now=now)
    await visits.record(connection, Stage.EXTRACTION, UnitKind.DIOCESE, diocese, **good, now=now - 2 * DAY)
    await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, ids[0], **good, now=now - 10 * DAY)
    await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, ids[1], **good, now=now)
    return ids


async def test_an_empty_database_has_numbers_too_and_none_that_nobody_knows(
    connection: Connection, now: datetime
) -> None:
    found = await numbers(connection, now)
    assert set(found["vitality_published"].values()) == {0}
    assert found["vitality_alerts_open"] == {(kind.value,): 0 for kind in AlertKind}
    assert found["vitality_ai_budget_calls"] == {(): 50}
    unknown = {"vitality_fresh_ratio", "vitality_last_report_timestamp_seconds", "vitality_oldest_due_age_seconds"}
    assert not unknown & set(found)


async def test_what_is_published_due_and_fresh(connection: Connection, larkspur: int, now: datetime) -> None:
    await fill(connection, larkspur, now)
    found = await numbers(connection, now)
    assert found["vitality_published"][("dioceses",)] == 1
    assert found["vitality_published"][("directories",)] == 1
    assert found["vitality_published"][("parishes",)] == 3
    assert found["vitality_published"][("parishes_with_website",)] == 3
    assert found["vitality_published"][("parishes_with_services",)] == 0
    assert found["vitality_due_units"] == {("discovery",): 0, ("extraction",): 1, ("schedule",): 2}
    ages = found["vitality_oldest_due_age_seconds"]
    assert (ages[("discovery",)], ages[("extraction",)]) == (0, DAY.total_seconds())
    assert ages[("schedule",)] == 9 * DAY.total_seconds()
    assert found["vitality_fresh_ratio"] == {
        ("directories", "8"): 1,
        ("directories", "15"): 1,
        ("parishes", "8"): pytest.approx(1 / 3),
        ("parishes", "15"): pytest.approx(2 / 3),
    }


async def test_only_the_newest_outcome_of_a_unit_counts(connection: Connection, larkspur: int, now: datetime) -> None:
    for day, reason in ((2, Reason.TIMEOUT), (0, Reason.OK), (1, Reason.BLOCKED)):
        done = ledger.Finished(Stage.EXTRACTION, UnitKind.DIOCESE, larkspur, larkspur, Outcome(reason))
        await ledger.record(connection, f"run-{day}", "ann", done, now - day * DAY)
    assert (await numbers(connection, now))["vitality_outcomes"] == {("extraction", "diocese", "ok"): 1}


async def test_workers_hosts_the_model_and_what_waits_for_people(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await workers.register(connection, "ann", Stage.SCHEDULE, "pod-1")
    await workers.register(connection, "bob", Stage.SCHEDULE, "pod-2")
    await workers.farewell(connection, "bob", failed=True)
    await connection.execute(
        "UPDATE pipeline_workers SET last_heartbeat = %s, pages_a_minute = 6.5, memory_bytes = 4096, errors = 2",
        [now - timedelta(seconds=40)],
    )
    await connection.execute(
        """INSERT INTO hosts (host, requests, open_until, open_reason) VALUES
            ('a.example', 5, %(later)s, 'timeout'), ('b.example', 2, '-infinity', NULL)""",
        {"later": now + DAY},
    )
    await connection.execute(
        """INSERT INTO turns (holder, host, keys, ready_at, taken_at, lapses_at) VALUES
            (gen_random_uuid(), 'a.example', '{}', %(now)s, %(now)s, %(later)s),
            (gen_random_uuid(), 'a.example', '{}', %(now)s, NULL, %(later)s),
            (gen_random_uuid(), 'b.example', '{}', %(now)s, NULL, %(now)s)""",  # the last has lapsed
        {"now": now, "later": now + DAY},
    )
    await connection.execute(
        """INSERT INTO ai_calls (hash, purpose, model, asked_at, state, tokens) VALUES
            ('h', 'p', 'm', %(now)s, 'answered', 100), ('h', 'p', 'm', %(before)s, 'failed', NULL)""",
        {"now": now, "before": now - DAY},
    )
    await connection.execute(
        "INSERT INTO reports (run, made_at, figures, path) VALUES ('r', %s, '{}', '')", [now - DAY]
    )
    await reviews.hold(connection, larkspur, run="r", published=40, proposed=(), why="fewer", now=now)
    await alerts.note(connection, Alert(AlertKind.HELD_FOR_REVIEW, "Diocese of Larkspur", "held back"), now)
    found = await numbers(connection, now)
    assert found["vitality_workers"] == {("schedule", "active"): 1, ("schedule", "failed"): 1}
    assert found["vitality_worker_heartbeat_age_seconds"] == {("schedule",): 40}
    assert found["vitality_worker_pages_per_minute"] == {("schedule",): 6.5}
    assert found["vitality_worker_memory_bytes"] == {("schedule",): 4096}
    assert found["vitality_worker_errors"] == {("schedule",): 2}
    assert (found["vitality_requests_total"], found["vitality_hosts"]) == ({(): 7}, {(): 2})
    assert found["vitality_hosts_breaker_open"] == {("timeout",): 1}
    assert found["vitality_turns"] == {("in_flight",): 1, ("waiting",): 1}
    assert (found["vitality_ai_calls_total"], found["vitality_ai_calls_today"]) == ({(): 2}, {(): 1})
    assert found["vitality_ai_tokens_total"] == {(): 100}
    assert found["vitality_reviews_open"] == {(): 1}
    assert found["vitality_alerts_open"][("held_for_review",)] == 1
    assert found["vitality_last_report_timestamp_seconds"] == {(): (now - DAY).timestamp()}


async def test_a_diocese_that_left_the_list_is_due_no_more(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, [Diocese("Diocese of Aster")], now)
    await connection.execute("UPDATE dioceses SET listed = false")
    assert "vitality_due_units" not in await numbers(connection, now)


async def test_names_keep_to_the_conventions(connection: Connection, now: datetime) -> None:
    for metric, samples in await questions.read(connection, now=now, ai_budget=1):
        assert metric.name.startswith("vitality_")
        assert metric.name.endswith("_total") == (metric.kind is Kind.COUNTER)
        assert metric.help.endswith(".")
        assert all(name.isidentifier() for sample in samples for name, _ in sample.labels)


def test_a_label_can_say_anything() -> None:
    said = 'a "quote", a \\ and\na line'
    text = metrics.exposition([(Metric("vitality_x", "X."), (Sample(0.25, (("reason", said),)), Sample(2.0)))])
    (family,) = text_string_to_metric_families(text)
    assert [(one.labels, one.value) for one in family.samples] == [
        ({"reason": 'a "quote", a \\ and\N{REPLACEMENT CHARACTER}a line'}, 0.25),
        ({}, 2.0),
    ]
