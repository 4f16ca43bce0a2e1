"""What failures and missed deadlines tell: against a real PostgreSQL and a receiver that listens."""

import asyncio
import json
import shlex
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import alert_receiver
import psycopg
import pytest
from airflow.sdk.exceptions import AirflowFailException
from vitality_airflow.alerts import callbacks
from vitality_airflow.gate import AlreadyTold
from vitality_airflow.retries import StageFailed

NAME = "Diocese of O'Fallon; rm -rf \x1b[2J$(id)"
QUEUED = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def receiver(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[alert_receiver.Receiver]:
    """Who gets alerts; they are kept in `database_url`."""
    with alert_receiver.listening() as server:
        monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", database_url)
        monkeypatch.setenv("AIRFLOW_CONN_VITALITY_ALERTS", f"http://127.0.0.1:{server.port}/")
        yield server


def kept(database_url: str) -> list[tuple[str, str, bool]]:
    """Kind, subject and whether it is open, of each alert in the order in which they arose."""
    with psycopg.connect(database_url) as connection:
        return connection.execute("SELECT kind, subject, cleared_at IS NULL FROM alerts ORDER BY id").fetchall()


def context(fault: object = None, diocese: str | None = NAME, task: str = "extraction.diocese", **given: Any) -> Any:
    """What Airflow hands to a callback of a task."""
    dag_id = given.pop("dag_id", "vitality_extraction")
    return {
        "ti": SimpleNamespace(dag_id=dag_id, task_id=task, run_id="r", log_url="http://airflow/log"),
        "dag_run": SimpleNamespace(dag_id=dag_id, run_id="r", conf=given.pop("conf", {"force": True})),
        "task": SimpleNamespace(diocese=diocese) if diocese else SimpleNamespace(),
        "exception": fault,
        **given,
    }


def late(hours: float | None, state: str = "running") -> None:
    """A deadline of four hours is missed by a run that has ended after so many hours, or has not."""
    due = QUEUED + timedelta(hours=4)
    end = (QUEUED + timedelta(hours=hours)).isoformat() if hours is not None else None
    run = {"dag_id": "vitality_discovery", "dag_run_id": "r", "queued_at": QUEUED.isoformat(), "end_date": end}
    given = {"dag_run": {**run, "state": state}, "deadline": {"id": "1", "deadline_time": due}}
    asyncio.run(callbacks.late("discovery", context=given))


def test_a_failed_task_tells_stage_diocese_reason_and_what_mends_it(receiver: alert_receiver.Receiver) -> None:
    callbacks.task_failed(context(StageFailed("the worker failed with exit code 1: see the log")))
    (posted,) = receiver.posted
    told = posted.told
    assert told["kind"] == "task_failed"
    assert told["what"].endswith("failed: the worker failed with exit code 1: see the log")
    assert told["detail"]["stage"] == "extraction"
    assert told["detail"]["diocese"] == NAME.replace("\x1b", "\N{REPLACEMENT CHARACTER}")
    assert told["detail"]["log"] == "http://airflow/log"


def test_the_command_is_safe_in_a_shell_and_asks_for_what_the_run_was_asked(receiver: alert_receiver.Receiver) -> None:
    callbacks.task_failed(context(StageFailed("gone")))
    words = shlex.split(receiver.posted[0].told["mend"])
    assert words[:4] == ["airflow", "dags", "trigger", "vitality_extraction"]
    assert json.loads(words[words.index("--conf") + 1]) == {"force": True, "dioceses": [NAME]}


def test_it_tells_once_until_the_task_ends_well(receiver: alert_receiver.Receiver, database_url: str) -> None:
    for _ in range(2):
        callbacks.task_failed(context(StageFailed("gone")))
    assert len(receiver.posted) == 1
    callbacks.task_ended_well(context(diocese="Diocese of Aster"))
    assert [is_open for *_, is_open in kept(database_url)] == [True]
    callbacks.task_ended_well(context())
    assert [is_open for *_, is_open in kept(database_url)] == [False]
    callbacks.task_failed(context(StageFailed("gone")))
    assert len(receiver.posted) == 2


def test_a_mapped_task_that_was_killed_is_of_no_diocese_and_any_good_one_ends_its_alert(
    receiver: alert_receiver.Receiver, database_url: str
) -> None:
    callbacks.task_failed(context(diocese=None))
    assert receiver.posted[0].told["what"] == "vitality_extraction, extraction.diocese failed: the task was killed"
    callbacks.task_ended_well(context())
    assert kept(database_url) == [("task_failed", "vitality_extraction, extraction.diocese", False)]


def test_what_another_alert_tells_of_is_not_told_again(receiver: alert_receiver.Receiver, database_url: str) -> None:
    callbacks.task_failed(context(AlreadyTold("a task of this run failed"), task="watcher"))
    callbacks.run_failed(context(reason="task_failure"))
    assert receiver.posted == []
    assert kept(database_url) == []


def test_a_failed_gate_that_misses_an_outcome_tells_of_it(receiver: alert_receiver.Receiver) -> None:
    fault = AirflowFailException("1 of 3 dioceses did not finish: Diocese of Aster")
    callbacks.task_failed(context(fault, diocese=None, task="extraction.gate", conf={}))
    assert receiver.posted[0].told["mend"] == "airflow dags trigger vitality_extraction"


def test_discovery_begins_again_by_itself(receiver: alert_receiver.Receiver) -> None:
    callbacks.task_failed(
        context(StageFailed("x"), diocese=None, task="discovery.dioceses", dag_id="vitality_discovery")
    )
    assert receiver.posted[0].told["mend"].startswith("wait for the next cycle")


@pytest.mark.parametrize("reason", ["timed_out", "all_tasks_deadlocked"])
def test_a_run_whose_end_no_task_tells_of(reason: str, receiver: alert_receiver.Receiver, database_url: str) -> None:
    callbacks.run_failed(context(reason=reason))
    assert kept(database_url) == [("run_failed", "vitality_extraction", True)]
    assert receiver.posted[0].told["mend"] == "airflow dags trigger vitality_extraction --conf '{\"force\": true}'"


def test_a_secret_in_a_reason_is_masked(receiver: alert_receiver.Receiver) -> None:
    callbacks.task_failed(context(RuntimeError("postgresql://ann:hush@db.example/crawl is away")))
    assert "hush" not in json.dumps(receiver.posted[0].told)


def test_with_the_database_away_it_is_told_all_the_same(
    receiver: alert_receiver.Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_VITALITY_POSTGRES", "postgresql://ann:hush@127.0.0.1:9/crawl")
    callbacks.task_failed(context(StageFailed("the database is away")))
    callbacks.task_ended_well(context())
    assert receiver.kinds == ["task_failed"]


def test_what_a_receiver_in_trouble_did_not_take_is_sent_when_the_next_run_ends(
    receiver: alert_receiver.Receiver,
) -> None:
    receiver.status = 503
    callbacks.task_failed(context(StageFailed("gone")))
    events: dict[Any, Any] = defaultdict(lambda: SimpleNamespace(add=lambda *_, **__: None))
    for _ in range(2):
        callbacks.look(context(outlet_events=events))
        receiver.status = 200
    callbacks.look(context(outlet_events=events))
    assert receiver.kinds == ["task_failed"] * 3, "twice in vain, and then once for all"


def test_a_missed_deadline_is_told_once(receiver: alert_receiver.Receiver, database_url: str) -> None:
    late(None)
    late(5, "failed")
    assert kept(database_url) == [("stage_late", "vitality_discovery", True)]
    assert receiver.posted[0].told["what"].endswith("was to be over by 2026-03-02 16:00:00+00:00 and is running")
    assert len(receiver.posted) == 1


def test_a_run_that_failed_before_its_deadline_is_not_late(receiver: alert_receiver.Receiver) -> None:
    late(3, "failed")
    assert receiver.posted == []
