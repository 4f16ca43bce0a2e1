"""What is posted is what the schemas say: each kind of event, and each shape of the earlier system."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from monitoring.told import ANN, DATA, NOON, event

from vitality_lib.monitoring import earlier
from vitality_lib.monitoring.event import Event


def schema(name: str) -> dict[str, Any]:
    return dict(json.loads((files("vitality_lib.monitoring") / "schema" / name).read_text()))


EVENT, EARLIER = schema("event-1.json"), schema("earlier.json")


def faults(facts: object) -> list[str]:
    validator = Draft202012Validator(EVENT, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(facts)]


@pytest.mark.parametrize("name", ["event-1.json", "earlier.json"])
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_every_kind_is_described() -> None:
    assert set(EVENT["$defs"]) == set(DATA)


@pytest.mark.parametrize("kind", DATA)
def test_an_event_is_valid_and_each_of_its_fields_described(kind: str) -> None:
    facts = json.loads(event(kind).body(dropped=3))
    assert faults(facts) == []
    assert set(facts) == set(EVENT["properties"])
    assert set(facts["data"]) <= set(EVENT["$defs"][kind]["properties"])


def test_the_event_in_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[2] / "docs" / "monitoring.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.S)
    assert faults(json.loads(shown)) == []
    told = set(re.findall(r"^\| `(\w+)` \|", page.partition("## Signature")[0].partition("## Events")[2], re.M))
    assert told == set(DATA)


def test_an_event_that_lost_nothing_says_nothing_of_losses() -> None:
    assert "dropped" not in json.loads(event().body())


def test_between_two_stages_there_is_none() -> None:
    assert faults(json.loads(Event(ANN, "log", NOON, None, DATA["log"]).body())) == []


@pytest.mark.parametrize("kind", DATA)
def test_what_a_later_version_1_adds_is_no_fault(kind: str) -> None:
    assert faults({**json.loads(event(kind).body()), "new": 1}) == []
    assert faults(json.loads(event(kind, new=1).body())) == []


def test_an_unknown_kind_is_no_fault() -> None:
    assert faults({**json.loads(event().body()), "kind": "weather", "data": {"it": "rains"}}) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("id", "1"),
        ("worker", ""),
        ("kind", "No Kind"),
        ("stage", "lunch"),
        ("data", []),
        ("dropped", 0),
    ],
)
def test_a_wrong_envelope_is_a_fault(field: str, value: object) -> None:
    assert faults({**json.loads(event().body()), field: value})


@pytest.mark.parametrize("kind", DATA)
def test_data_that_lacks_what_the_kind_demands_is_a_fault(kind: str) -> None:
    assert faults({**json.loads(event(kind).body()), "data": {}})


@pytest.mark.parametrize("kind", DATA)
def test_the_earlier_system_hears_the_same_in_its_own_shape(kind: str) -> None:
    ((path, facts),) = earlier.posts(event(kind))
    shape = {"$ref": f"#/$defs/{path.rsplit('/', 1)[-1]}", "$defs": EARLIER["$defs"]}
    assert [error.message for error in Draft202012Validator(shape).iter_errors(facts)] == []


def test_the_earlier_status_is_in_its_own_words_and_units() -> None:
    ((path, facts),) = earlier.posts(event("heartbeat"))
    assert path == "worker/pod%2Fann%201/extraction_status"
    assert facts == {
        "status": "running",
        "current_diocese": "Diocese of Larkspur",
        "parishes_processed": 4,
        "total_parishes": 8,
        "success_rate": 75.0,
        "progress_percentage": 50.0,
        "estimated_completion": None,
        "started_at": "2026-03-02T12:00:00+00:00",
    }


def test_where_no_parish_is_planned_progress_goes_by_dioceses() -> None:
    ((_, facts),) = earlier.posts(event("heartbeat", parishes_planned=0, parishes_done=0, parishes_good=0))
    assert (facts["progress_percentage"], facts["success_rate"]) == (50.0, 0.0)


@pytest.mark.parametrize(("status", "said"), [("began", "running"), ("ended", "idle"), ("failed", "error")])
def test_a_workers_status_is_said_in_the_earlier_words(status: str, said: str) -> None:
    ((_, facts),) = earlier.posts(event("worker", status=status))
    assert (facts["status"], bool(facts["started_at"])) == (said, said == "running")


def test_a_breaker_is_told_by_its_host() -> None:
    ((_, facts),) = earlier.posts(event("breaker"))
    assert facts == {
        "st-anne.example": {
            "state": "OPEN",
            "total_requests": 5,
            "total_successes": 0,
            "total_failures": 5,
            "total_blocked": 0,
            "success_rate": 0.0,
        }
    }


def test_an_unknown_kind_is_nothing_to_the_earlier_system() -> None:
    assert list(earlier.posts(Event(ANN, "weather", NOON, None, {}))) == []
