"""What the tests of the DAGs share."""

import airflow_home
import pytest
from airflow.dag_processing.dagbag import DagBag


@pytest.fixture(scope="session")
def bag() -> DagBag:
    return DagBag(str(airflow_home.ROOT / "dags"))
