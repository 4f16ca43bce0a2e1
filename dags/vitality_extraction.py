"""Extraction: the parishes in each directory."""

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable
from vitality_airflow import groups
from vitality_airflow.assets import DIRECTORIES
from vitality_airflow.pipeline_dag import PipelineDag
from vitality_airflow.policy import dag_settings

from vitality_lib.models import Stage

with PipelineDag(
    "vitality_extraction",
    description="Step 3: the parishes of each diocese, when directories change, and hourly",
    doc_md="""
### Extraction: step 3
`plan` lists the dioceses that are due, one `diocese` task reads each directory (at most 5 at once: the pool
`vitality_extraction`), `gate` compares what was planned with what the run ledger says was finished.

**Red?**
- `plan`: the database is away, or a diocese in the trigger form is not on the list (its log names close matches).
- `diocese [name]`: a bug or a lost resource; retried twice before. A site that is down is no failure but an outcome.
- `gate`: its log names the dioceses that were planned and did not finish. Clear those tasks to run them again.

**Nothing to do?** Then `diocese` is skipped and the run is green. `force` in the trigger form visits all the same.
""",
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("5 * * * *", timezone="UTC"), assets=[DIRECTORIES]),
    tags=["vitality", "extraction"],
    **dag_settings(Stage.EXTRACTION, timedelta(hours=24)),
) as dag:
    groups.extraction()
    groups.watch(dag)
