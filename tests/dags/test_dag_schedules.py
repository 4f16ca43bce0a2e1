"""When each DAG runs, and what wakes it."""

from datetime import timedelta

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import AssetAlias, AssetOrTimeSchedule, CronTriggerTimetable, TriggerRule
from vitality_airflow.assets import ALERTS, DIRECTORIES, PARISHES, SERVICES


def test_discovery_goes_round_with_a_pause_of_five_minutes(bag: DagBag) -> None:
    dag = bag.dags["vitality_discovery"]
    pause = dag.get_task("pause")
    assert dag.schedule == "@continuous"
    assert pause.time_to_wait == timedelta(minutes=5)
    assert pause.deferrable, "a pause that holds a worker slot is no pause"
    assert pause.trigger_rule == TriggerRule.ALL_DONE, "a cycle that fails at once must not begin again at once"


def test_extraction_and_schedule_are_woken_by_change_and_by_the_hour(bag: DagBag) -> None:
    for name, woken_by in (("vitality_extraction", DIRECTORIES), ("vitality_schedule", PARISHES)):
        schedule = bag.dags[name].schedule
        assert isinstance(schedule, AssetOrTimeSchedule)
        assert [asset.name for asset in schedule.asset_condition.objects] == [woken_by.name]
        assert isinstance(schedule.timetable, CronTriggerTimetable)
        assert schedule.timetable.expression.endswith(" * * * *")


def test_the_report_is_made_four_times_a_day(bag: DagBag) -> None:
    assert bag.dags["vitality_reporting"].schedule.expression == "20 */6 * * *"


def test_each_stage_announces_what_it_changed(bag: DagBag) -> None:
    outlets = {task.task_id: task.outlets for task in bag.dags["vitality_all"].tasks if task.outlets}
    assert outlets == {
        "discovery.announce": [AssetAlias(f"{DIRECTORIES.name} changed", group="vitality")],
        "extraction.gate": [AssetAlias(f"{PARISHES.name} changed", group="vitality")],
        "schedule.gate": [AssetAlias(f"{SERVICES.name} changed", group="vitality")],
        "alerts": [AssetAlias(f"{ALERTS.name} changed", group="vitality")],
    }
