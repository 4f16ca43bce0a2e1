"""The Airflow that is measured: nothing else runs in it, and its tasks say what is read in their logs."""

from pathlib import Path

import airflow_cost
import pytest
from local_airflow import Airflow


def test_its_tasks_say_what_their_commands_took_whatever_level_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__LOGGING__LOGGING_LEVEL", "WARNING")
    monkeypatch.setenv("AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME", "0.5")
    monkeypatch.setenv("VITALITY_FORCE", "1")
    airflow = Airflow(tmp_path, 8080, "postgresql://ann@db.example/airflow", "postgresql://ann@db.example/crawl")
    found = airflow_cost._environment(airflow, tmp_path)
    assert found["AIRFLOW__LOGGING__LOGGING_LEVEL"] == "INFO"
    assert found["AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE"] == "False"
    assert found["AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME"] == "0.5"
    assert "VITALITY_FORCE" not in found
