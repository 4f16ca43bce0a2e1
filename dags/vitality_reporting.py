"""Reporting: what the data is worth."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable
from vitality_airflow import groups
from vitality_airflow.pipeline_dag import PipelineDag
from vitality_airflow.policy import dag_settings

from vitality_lib.models import Stage

with PipelineDag(
    "vitality_reporting",
    description="Step 5: statistics, coverage, quality, every 6 hours",
    doc_md="""
### Reporting: step 5
Makes one HTML file and its CSV tables from what is published in PostgreSQL; the log's last lines say where they are.
It reads only, so it may be run at any time.

**Red?** The database is away, or the folder of the reports cannot be written: the last lines of the log say which.
""",
    schedule=CronTriggerTimetable("20 */6 * * *", timezone="UTC"),
    tags=["vitality", "reporting"],
    **dag_settings(Stage.REPORTING, timedelta(hours=4)),
) as dag:
    groups.reporting()
    groups.watch(dag)
