"""All five steps in order, by hand."""

from datetime import timedelta

from vitality_airflow import groups
from vitality_airflow.pipeline_dag import PipelineDag
from vitality_airflow.policy import dag_settings

from vitality_lib.models import Stage

with PipelineDag(
    "vitality_all",
    description="Steps 1 to 5 in order, by hand",
    doc_md="""
### Everything once
The same task groups as in the four other DAGs, one after the other. A stage begins when the one before has ended, well
or not, and works on what is published; the report is made in any case.

**Run it**: the trigger form takes a few dioceses, limits, and `force` (visit what is not due yet, too). From a shell:
`airflow dags trigger vitality_all --conf '{"dioceses": ["Diocese of Larkspur"], "force": true}'`

**Red?** `watcher` is red whenever another task is: look at that one. `gate` names the dioceses that did not finish.
Clear a red task to run it again; what was finished is not done twice.
""",
    schedule=None,
    is_paused_upon_creation=False,  # nothing starts it but a person
    tags=["vitality", "discovery", "extraction", "schedule", "reporting", "by-hand"],
    **dag_settings(Stage.ALL, timedelta(hours=72)),
) as dag:
    groups.discovery() >> groups.extraction() >> groups.schedule() >> groups.reporting()
    groups.watch(dag)
