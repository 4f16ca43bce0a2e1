"""What the operator makes of a worker's end, and how it runs one without a cluster."""

import json
import re
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from vitality_airflow.stage_operator import StageOperator

CONTEXT: Any = {
    "ti": SimpleNamespace(dag_id="vitality_all", task_id="extraction.diocese", map_index=3, try_number=1),
    "run_id": "manual__1",
    "dag": SimpleNamespace(),
}


@pytest.fixture(autouse=True)
def _connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "AIRFLOW_CONN_VITALITY_POSTGRES", "postgresql://ann:p%40ss@db.example:6432/crawl?sslmode=require"
    )


def operator(code: str, **kwargs: Any) -> StageOperator:
    """A stage whose worker is this Python code."""
    return StageOperator(task_id="it", stage="extraction", cmds=["python", "-c", code], **kwargs)


def test_a_good_end_is_good() -> None:
    operator("pass").execute(CONTEXT)


def test_wrong_usage_is_never_retried() -> None:
    with pytest.raises(AirflowFailException, match="exit code 2"):
        operator("raise SystemExit(2)").execute(CONTEXT)


@pytest.mark.parametrize(("code", "words"), [(1, "exit code 1"), (75, "try again later")])
def test_other_failures_are_retried(code: int, words: str) -> None:
    with pytest.raises(AirflowException, match=words) as failure:
        operator(f"raise SystemExit({code})").execute(CONTEXT)
    assert not isinstance(failure.value, AirflowFailException)


def test_the_worker_gets_the_arguments_of_the_pod(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITALITY_HOME", str(tmp_path))
    said = tmp_path / "said"
    code = f"import json, os, sys; json.dump([sys.argv[1:], dict(os.environ)], open({str(said)!r}, 'w'))"
    operator(code, diocese="Diocese of Larkspur").execute(CONTEXT)
    argv, environment = json.loads(said.read_text())
    assert argv == ["worker", "--type", "extraction", "--diocese", "Diocese of Larkspur"]
    assert environment["WORKER_TYPE"] == "extraction"
    assert environment["VITALITY_HOME"] == str(tmp_path), "the scratch space of a pod is no home here"
    assert environment["WORKER_ID"].startswith("vitality-extraction-")
    assert environment["DATABASE_URL"] == "postgresql://ann:p%40ss@db.example:6432/crawl?sslmode=require"
    assert not [name for name in environment if name.startswith("AIRFLOW_")], "a worker knows nothing of Airflow"


def test_the_name_of_a_mapped_task_is_its_diocese_on_one_line() -> None:
    assert operator("pass", diocese="Diocese of Larkspur").title == "Diocese of Larkspur"
    hostile = operator("pass", diocese="{{ run_id }}\n\x1b[2J\u202e" + "x" * 900).title
    assert hostile.startswith("{{ run_id }}��[2J�x")
    assert len(hostile) == 200


def test_no_word_of_the_worker_shows_the_password_or_gives_orders_to_the_log() -> None:
    lines: list[str] = []
    stage = operator("import os; print(os.environ['DATABASE_URL'], 'p@ss', 'p%40ss', '\\x1b[2J\\u202e', flush=True)")
    stage.log.info = lambda text, *values: lines.append(text % values)  # type: ignore[method-assign]
    stage.execute(CONTEXT)
    assert lines[-2] == "postgresql://ann:***@db.example:6432/crawl?sslmode=require *** *** �[2J�"


def test_the_log_says_what_the_command_took() -> None:
    lines: list[str] = []
    stage = operator("import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass")
    stage.log.info = lambda text, *values: lines.append(text % values)  # type: ignore[method-assign]
    stage.execute(CONTEXT)
    told = re.fullmatch(r"Ended after (\d+\.\d\d) s, with (\d+\.\d\d) s of CPU", lines[-1])
    assert told
    assert all(float(figure) >= 0.3 for figure in told.groups())


def test_a_killed_task_ends_its_worker() -> None:
    started, lines = threading.Event(), []
    stage = operator("import time; print('at work', flush=True); time.sleep(60)")

    def listen(text: str, *values: object) -> None:
        line = text % values
        lines.append(line)
        if line == "at work":
            started.set()

    stage.log.info = listen  # type: ignore[method-assign]
    failures: list[BaseException] = []

    def run() -> None:
        try:
            stage.execute(CONTEXT)
        except AirflowException as failure:
            failures.append(failure)

    task = threading.Thread(target=run)
    task.start()
    assert started.wait(30)
    stage.on_kill()
    task.join(30)
    assert not task.is_alive()
    assert "signal 15" in str(failures[0])
