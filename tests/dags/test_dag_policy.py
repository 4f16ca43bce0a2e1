"""What every DAG keeps to."""

import json
from datetime import timedelta

import pytest
from airflow._shared.module_loading import import_string
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, DeadlineReference, TriggerRule
from airflow.sdk.definitions.mappedoperator import MappedOperator
from airflow.serialization.serialized_objects import DagSerialization
from airflow_home import ROOT
from vitality_airflow.alerts import callbacks
from vitality_airflow.policy import OWNER, TAGS
from vitality_airflow.retries import RetryByEnding

DAGS = ("vitality_discovery", "vitality_extraction", "vitality_schedule", "vitality_reporting", "vitality_all")
POOLS = json.loads((ROOT / "plugins" / "pools.json").read_text())
STAGE_TASKS = {
    "discovery.dioceses": "vitality_discovery",
    "discovery.directories": "vitality_discovery",
    "extraction.diocese": "vitality_extraction",
    "schedule.diocese": "vitality_schedule",
    "reporting.report": "vitality_reporting",
}


@pytest.fixture(params=DAGS)
def dag(request: pytest.FixtureRequest, bag: DagBag) -> DAG:
    return bag.dags[request.param]


def test_there_are_five_and_each_loads(bag: DagBag) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == set(DAGS)
    assert {stat.file.strip("/") for stat in bag.dagbag_stats} == {f"{name}.py" for name in DAGS}


def test_tags_are_of_a_closed_set(dag: DAG) -> None:
    assert "vitality" in dag.tags
    assert dag.tags <= TAGS


def test_it_has_an_owner_and_a_guide_for_the_night(dag: DAG) -> None:
    assert dag.owner == OWNER
    assert dag.description
    assert "Red?" in dag.doc_md


def test_one_run_at_a_time_and_none_for_the_past(dag: DAG) -> None:
    assert dag.max_active_runs == 1
    assert dag.catchup is False


def test_nothing_runs_for_ever(dag: DAG) -> None:
    longest = max(task.execution_timeout for task in dag.tasks)
    assert timedelta(0) < longest < dag.dagrun_timeout


def test_tasks_are_tried_again_later_and_later(dag: DAG) -> None:
    for task in dag.tasks:
        if task.task_id != "watcher":
            assert task.retries == 2
            assert task.retry_exponential_backoff == 2
            assert task.max_retry_delay == timedelta(minutes=10)


def test_each_stage_task_is_in_its_pool(dag: DAG) -> None:
    for task in dag.tasks:
        assert task.pool == STAGE_TASKS.get(task.task_id, "default_pool"), task.task_id


def test_a_pool_is_never_wider_than_a_dag_allows(dag: DAG) -> None:
    assert dag.max_active_tasks >= max(pool["slots"] for pool in POOLS.values())


def test_no_last_task_hides_a_failure(dag: DAG) -> None:
    watcher = dag.get_task("watcher")
    assert watcher.trigger_rule == TriggerRule.ONE_FAILED
    assert watcher.retries == 0
    assert watcher.upstream_task_ids == set(dag.task_ids) - {"watcher"}


def test_each_has_a_deadline_of_half_its_time_and_tells_of_what_fails(dag: DAG) -> None:
    (deadline,) = dag.deadline if isinstance(dag.deadline, list) else [dag.deadline]
    assert deadline.reference == DeadlineReference.DAGRUN_QUEUED_AT
    assert deadline.interval == dag.dagrun_timeout / 2
    assert dag.on_failure_callback == callbacks.run_failed
    for task in dag.tasks:
        assert list(task.on_failure_callback) == [callbacks.task_failed], task.task_id
        assert list(task.on_success_callback) == [callbacks.task_ended_well], task.task_id


def test_what_airflow_keeps_of_a_dag_names_the_callback_of_its_deadline(dag: DAG) -> None:
    """The triggerer imports it by that name, with nothing of the DAG's file."""
    (kept,) = DagSerialization.to_dict(dag)["dag"]["deadline"]
    callback = kept["callback"]["__data__"]
    assert import_string(callback["path"]) is callbacks.late
    assert callback["kwargs"] == {"stage": dag.dag_id.removeprefix("vitality_")}


def test_alerts_are_looked_for_when_all_stages_have_ended_however(dag: DAG) -> None:
    alerts = dag.get_task("alerts")
    assert alerts.trigger_rule == TriggerRule.ALL_DONE
    assert alerts.downstream_task_ids == {"watcher"}
    last = {task.task_id for task in dag.tasks if task.downstream_task_ids <= {"watcher", "alerts", "pause"}}
    assert alerts.upstream_task_ids >= last - {"alerts", "watcher", "pause"}


def test_mapped_tasks_are_named_after_their_diocese(bag: DagBag) -> None:
    mapped = [task for dag in bag.dags.values() for task in dag.tasks if isinstance(task, MappedOperator)]
    assert {task.task_id for task in mapped} == {"extraction.diocese", "schedule.diocese"}
    assert {task.partial_kwargs["map_index_template"] for task in mapped} == {"{{ task.title }}"}


def test_the_gate_runs_whatever_became_of_the_dioceses(bag: DagBag) -> None:
    for name, stage in (("vitality_extraction", "extraction"), ("vitality_schedule", "schedule")):
        gate = bag.dags[name].get_task(f"{stage}.gate")
        assert gate.trigger_rule == TriggerRule.ALL_DONE
        assert gate.upstream_task_ids == {f"{stage}.diocese"}


def test_all_is_the_stages_in_order(bag: DagBag) -> None:
    all_, parts = bag.dags["vitality_all"], [bag.dags[name] for name in DAGS[:4]]
    assert set(all_.task_ids) == {task for part in parts for task in part.task_ids} - {"pause"}
    order = [task.task_id for task in all_.topological_sort() if task.task_id in STAGE_TASKS]
    assert order == list(STAGE_TASKS)
    for first, then in (("discovery.announce", "extraction.plan"), ("extraction.gate", "schedule.plan")):
        assert all_.get_task(then).upstream_task_ids == {first}


def test_a_later_stage_does_not_wait_for_a_good_end_of_the_one_before(bag: DagBag) -> None:
    for task in ("extraction.plan", "schedule.plan", "reporting.report"):
        assert bag.dags["vitality_all"].get_task(task).trigger_rule == TriggerRule.ALL_DONE


def test_only_what_a_person_starts_is_on_from_the_beginning(bag: DagBag) -> None:
    assert {name for name in DAGS if bag.dags[name].is_paused_upon_creation is False} == {"vitality_all"}
    assert bag.dags["vitality_all"].schedule is None


def test_how_a_stage_ended_decides_when_it_is_tried_again(bag: DagBag) -> None:
    stages = [task for dag in bag.dags.values() for task in dag.tasks if task.task_id in STAGE_TASKS]
    assert {type(task.retry_policy) for task in stages} == {RetryByEnding}
    # A mapped task asks the policy of the operator that is made of it, and the scheduler is told that there is one.
    assert all(task.has_retry_policy for task in stages)
    assert RetryByEnding.deserialize(json.loads(json.dumps(RetryByEnding().serialize()))) is not None
