"""Schedules: the services on each parish's own site."""

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable
from vitality_airflow import groups
from vitality_airflow.assets import PARISHES
from vitality_airflow.pipeline_dag import PipelineDag
from vitality_airflow.policy import dag_settings

from vitality_lib.models import Stage

with PipelineDag(
    "vitality_schedule",
    description="Step 4: Mass, Confession, Adoration of each parish, when parishes change, and hourly",
    doc_md="""
### Schedule: step 4
`plan` lists the dioceses with parishes that are due, one `diocese` task visits their sites (at most 3 at once: the pool
`vitality_schedule`), `gate` compares what was planned with what the run ledger says was finished.

**Red?**
- `plan`: the database is away, or a diocese in the trigger form is not on the list (its log names close matches).
- `diocese [name]`: a bug or a lost resource; retried twice before. A site that is down is no failure but an outcome.
- `gate`: its log names the dioceses that were planned and did not finish. Clear those tasks to run them again.

**Slow?** It is meant to be: one request at a time to a host, two seconds or more apart. Do not widen the pool for it.
""",
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("35 * * * *", timezone="UTC"), assets=[PARISHES]),
    tags=["vitality", "schedule"],
    **dag_settings(Stage.SCHEDULE, timedelta(hours=48)),
) as dag:
    groups.schedule()
    groups.watch(dag)
