"""Discovery: which dioceses there are, and where each lists its parishes. Round and round, with a pause."""

from datetime import timedelta

from airflow.sdk import TriggerRule
from vitality_airflow import groups
from vitality_airflow.pause import PauseSensor
from vitality_airflow.pipeline_dag import PipelineDag
from vitality_airflow.policy import dag_settings
from vitality_airflow.runtime import runtime

from vitality_lib.models import Stage

with PipelineDag(
    "vitality_discovery",
    description="Steps 1 and 2, continuously: the list of dioceses, the directory of each",
    doc_md="""
### Discovery: steps 1 and 2
Reads the list of dioceses (`discovery.dioceses`), then looks for the parish directory of each diocese that is due
(`discovery.directories`). A cycle in which nothing is due takes seconds. `pause` waits 5 minutes, and the next begins.

**Red?** `watcher` is red whenever another task is: look at that one's log, last lines first.
- `dioceses`: the USCCB page is away or has changed shape. The last good list stays published; nothing else stops.
- `directories`: a bug or a lost database. A diocese whose site is down is no failure: it has an outcome in the ledger.

**Stop it**: pause this DAG. The running cycle ends by itself. **Run one now**: it never stops; unpause it.
""",
    schedule="@continuous",
    tags=["vitality", "discovery", "continuous"],
    **dag_settings(Stage.DISCOVERY, timedelta(hours=8)),
) as dag:
    pause = PauseSensor(
        task_id="pause",
        time_to_wait=timedelta(seconds=runtime().pause_seconds),
        deferrable=True,
        trigger_rule=TriggerRule.ALL_DONE,  # a cycle that fails at once must not begin again at once
        execution_timeout=timedelta(hours=1),
    )
    groups.discovery() >> pause
    groups.watch(dag)
