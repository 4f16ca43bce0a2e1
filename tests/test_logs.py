"""Logs: one line an event that machines can read, which no word of a web page can forge."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from command_line import Vitality
from pydantic import SecretStr
from tiny_country import LARKSPUR, Country

from vitality_lib import logs
from vitality_lib.settings import load
from vitality_lib.stages import discovery, extraction


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Each test configures the logs of this process; afterwards they are as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged, line by line."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_json_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="json"))
    structlog.get_logger().warning("parish", parish="St. Anne", services=4)
    (event,) = lines(capsys)
    assert (event["event"], event["level"], event["parish"], event["services"]) == ("parish", "warning", "St. Anne", 4)
    assert event["timestamp"].endswith("Z")
    assert capsys.readouterr().out == ""


def test_without_a_terminal_lines_are_json_unless_asked_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="auto"))
    structlog.get_logger().info("parish")
    assert lines(capsys)[0]["event"] == "parish"
    logs.configure(load(log_format="console"))
    structlog.get_logger().info("parish")
    assert not capsys.readouterr().err.startswith("{")


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="json", log_level="WARNING"))
    structlog.get_logger().info("parish")
    structlog.get_logger().error("broken")
    assert [event["event"] for event in lines(capsys)] == ["broken"]


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("control", ["\n", "\r", "\x1b[2J", "\x00", "\x9b31m", "\x7f", "\u202e", "\u2028", "\u2066"])
def test_control_characters_of_a_page_cannot_forge_a_line(
    capsys: pytest.CaptureFixture[str], form: str, control: str
) -> None:
    logs.configure(load(log_format=form))
    structlog.get_logger().info("parish", detail=f"St. Anne{control}2026-11-24 [error] all is lost")
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert control[0] not in said.removesuffix("\n")
    assert "St. Anne" in said


def test_a_traceback_that_quotes_a_page_is_tamed_and_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="json"))
    try:
        raise ValueError("no time: \x1b]0;owned\x07 8:00")
    except ValueError:
        structlog.get_logger().exception("visit")
    trace = lines(capsys)[0]["exception"]
    assert trace.splitlines()[0].startswith("Traceback")
    assert trace.splitlines()[-1] == "ValueError: no time: �]0;owned� 8:00"


def test_what_stands_inside_a_value_is_tamed_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="console"))
    structlog.get_logger().info(
        "parish", names=["St. \x1b[2JAnne"], of={"a\x9b": ("b\u202e",)}, error=ValueError("\x07")
    )
    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(capsys.readouterr().err)


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_secret_is_logged_whoever_says_it(capsys: pytest.CaptureFixture[str], form: str) -> None:
    logs.configure(load(log_format=form, gemini_api_key=SecretStr("k3y-0f-n0b0dy")))
    try:
        raise ValueError("asked with k3y-0f-n0b0dy")
    except ValueError as error:
        structlog.get_logger().exception("k3y-0f-n0b0dy", error=error, given={"key": ["k3y-0f-n0b0dy"]})
    logging.getLogger("httpx").warning("GET %s", "https://a.example/?key=k3y-0f-n0b0dy")
    structlog.get_logger().info("long", detail="x" * 1995 + "k3y-0f-n0b0dy")
    said = capsys.readouterr().err
    assert "***" in said
    assert "k3y-" not in said


def test_a_long_value_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="json"))
    structlog.get_logger().info("parish", detail="x" * 100_000)
    assert len(lines(capsys)[0]["detail"]) == 2000


def test_what_a_library_logs_comes_out_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(load(log_format="json"))
    logging.getLogger("psycopg.pool").warning("error connecting in %r\nagain", "pool-1")
    logging.getLogger("httpx").info("HTTP Request: GET http://st-anne.example/")
    (event,) = lines(capsys)
    assert (event["event"], event["logger"]) == ("error connecting in 'pool-1'�again", "psycopg.pool")


async def test_a_worker_names_stage_diocese_and_parish(country: Country, vitality: Vitality) -> None:
    await country.do(discovery, extraction, dioceses=(LARKSPUR,))
    settings = country.environment(WORKER_TYPE="schedule", VITALITY_LOG_LEVEL="INFO", VITALITY_LOG_FORMAT="json")
    done = await vitality.beside("worker", **settings)
    assert done.returncode == 0
    events = [json.loads(line) for line in done.stderr.splitlines()]
    parishes = {event["parish"]: event for event in events if event["event"] == "parish"}
    assert set(parishes) == {"St. Anne", "St. Brendan", "St. Clare"}
    anne = parishes["St. Anne"]
    assert (anne["stage"], anne["diocese"], anne["outcome"]) == ("schedule", LARKSPUR, "ok")


def test_beside_a_progress_lines_go_into_a_file_of_the_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = load(home=tmp_path)
    with logs.in_file(settings) as path:
        structlog.get_logger().info("parish", parish="St. Anne")
    structlog.get_logger().info("afterwards")
    assert path == tmp_path / "logs" / "vitality.log"
    assert [json.loads(line)["event"] for line in path.read_text().splitlines()] == ["parish"]
    assert [line["event"] for line in lines(capsys)] == ["afterwards"]
