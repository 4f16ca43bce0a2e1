"""What Airflow itself loads from this folder when a component starts."""

from airflow.plugins_manager import AirflowPlugin
from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable  # noqa: F401 - see below

# The scheduler and the DAG processor fork for every task and every parse. Loaded here, in the parent, all that a DAG
# file or a callback imports (the operator, the clients of Kubernetes and PostgreSQL, timetables) is there in each child
# for nothing: it was two thirds of what a task process did besides its command.
from vitality_airflow import groups, pause, pipeline_dag  # noqa: F401
from vitality_airflow.alerts import failures  # noqa: F401
from vitality_airflow.dashboard.mounted import EXTERNAL_VIEWS, FASTAPI_APPS
from vitality_airflow.stage_operator import StageOperator


class VitalityPlugin(AirflowPlugin):
    """Diocesan Vitality in Airflow."""

    name = "vitality"
    operator = StageOperator
    fastapi_apps = FASTAPI_APPS
    external_views = EXTERNAL_VIEWS
