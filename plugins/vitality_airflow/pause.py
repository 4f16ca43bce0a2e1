"""The pause between two cycles of a continuous DAG."""

from __future__ import annotations

from typing import Any

from airflow.providers.standard.sensors.time_delta import WaitSensor
from airflow.sdk import Context


class PauseSensor(WaitSensor):
    """WaitSensor that can also be resumed after its wait.

    apache-airflow-providers-standard 1.21 defers to a method `execute_complete` that it does not have. The triggerer
    ends the task without calling it; `airflow dags test` does call it.
    """

    def execute_complete(self, context: Context, event: Any = None) -> None:
        """The wait is over, and there is nothing else to do."""
