"""What Airflow itself loads from this folder when a component starts."""

from airflow.plugins_manager import AirflowPlugin

# The scheduler and the DAG processor fork for every task and every parse. Loaded here, in the parent, the operator and
# the Kubernetes client under it (over a second of work) are there in each child for nothing.
from vitality_airflow.dashboard.mounted import EXTERNAL_VIEWS, FASTAPI_APPS
from vitality_airflow.stage_operator import StageOperator


class VitalityPlugin(AirflowPlugin):
    """Diocesan Vitality in Airflow."""

    name = "vitality"
    operator = StageOperator
    fastapi_apps = FASTAPI_APPS
    external_views = EXTERNAL_VIEWS
