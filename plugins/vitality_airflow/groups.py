"""The stages as task groups. The DAG of a stage is its group; `vitality_all` is all of them in order.

A stage begins when the one before has ended, well or not: it works on what is published. One diocese that fails must
not keep the others waiting. The watcher still turns such a run red.
"""

from __future__ import annotations

from airflow.sdk import DAG, Asset, AssetAlias, TaskGroup, TriggerRule, get_current_context, task

from vitality_airflow import gate as gates
from vitality_airflow import plan as plans
from vitality_airflow.alerts import callbacks
from vitality_airflow.assets import ALERTS, DIRECTORIES, PARISHES, SERVICES
from vitality_airflow.policy import stage_settings
from vitality_airflow.stage_operator import StageOperator
from vitality_lib.models import Stage


def discovery() -> TaskGroup:
    """Steps 1 and 2: the list of dioceses, then the directory of each."""
    with TaskGroup("discovery", tooltip="Steps 1 and 2: the dioceses, and where each lists its parishes") as group:
        dioceses = StageOperator(task_id="dioceses", step="dioceses", **stage_settings(Stage.DISCOVERY))
        directories = StageOperator(task_id="directories", step="directories", **stage_settings(Stage.DISCOVERY))

        @task(outlets=[_changed(DIRECTORIES)])
        def announce() -> None:
            gates.announce(get_current_context(), Stage.DISCOVERY, DIRECTORIES)

        dioceses >> directories >> announce()
    return group


def extraction() -> TaskGroup:
    """Step 3: the parishes of each diocese that is due."""
    return _by_diocese(Stage.EXTRACTION, PARISHES, "Step 3: the parishes in each directory")


def schedule() -> TaskGroup:
    """Step 4: the services of the parishes of each diocese that has due ones."""
    return _by_diocese(Stage.SCHEDULE, SERVICES, "Step 4: the services on each parish's own site")


def reporting() -> TaskGroup:
    """Step 5: the report."""
    with TaskGroup("reporting", tooltip="Step 5: statistics, quality, charts") as group:
        StageOperator(task_id="report", trigger_rule=TriggerRule.ALL_DONE, **stage_settings(Stage.REPORTING))
    return group


def watch(dag: DAG) -> None:
    """Look for alerts when all stages have ended, and turn the run red when any task of it failed.

    A last task that always runs would otherwise end it green.
    """

    @task(trigger_rule=TriggerRule.ALL_DONE, outlets=[_changed(ALERTS)])
    def alerts() -> None:
        callbacks.look(get_current_context())

    @task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
    def watcher() -> None:
        raise gates.AlreadyTold("a task of this run failed: see the red ones")

    [group for group in dag.task_group.children.values() if isinstance(group, TaskGroup)] >> alerts()
    list(dag.tasks) >> watcher()


def _by_diocese(stage: Stage, made: Asset, tooltip: str) -> TaskGroup:
    with TaskGroup(stage.value, tooltip=tooltip) as group:

        @task(trigger_rule=TriggerRule.ALL_DONE)
        def plan() -> list[str]:
            return plans.plan(get_current_context(), stage)

        @task(trigger_rule=TriggerRule.ALL_DONE, outlets=[_changed(made)])
        def gate() -> None:
            context = get_current_context()
            gates.check(context, stage)
            gates.announce(context, stage, made)

        planned = plan()
        worked = StageOperator.partial(
            task_id="diocese", map_index_template="{{ task.title }}", **stage_settings(stage)
        ).expand(diocese=planned)
        planned >> worked >> gate()
    return group


def _changed(asset: Asset) -> AssetAlias:
    # An alias, because an asset named here would be announced by every good run, changed or not.
    return AssetAlias(f"{asset.name} changed", group=asset.group)
