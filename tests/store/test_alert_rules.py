"""The rules in docs/alerts-and-metrics.md: well formed, and about metrics that exist."""

from __future__ import annotations

import io
import re
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from vitality_lib.store import metrics
from vitality_lib.store.database import Connection

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "alerts-and-metrics.md").read_text(encoding="utf-8")
SNIPPETS: list[dict[str, Any]] = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.S)]
(RULES,) = (group for one in SNIPPETS for group in one.get("spec", {}).get("groups", []))
NAMES = {rule["alert"]: rule for rule in RULES["rules"]}
_WORD = r"\b(?:vitality|airflow)_[a-z0-9_]+\b(?!\.)"


def mapped() -> set[str]:
    """The names that the StatsD exporter gives, by the chart's mappings and ours."""
    with tarfile.open(ROOT / "tests" / "helm" / "airflow-1.22.0.tgz") as chart:
        file = chart.extractfile("airflow/files/statsd-mappings.yml")
        assert file
        theirs = [one for one in file.read().decode().splitlines() if "{{" not in one]
    ours = yaml.safe_load((ROOT / "helm-values" / "values.yaml").read_text())["statsd"]["extraMappings"]
    return {one["name"] for one in [*yaml.safe_load(io.StringIO("\n".join(theirs)))["mappings"], *ours]}


@pytest.mark.parametrize("rule", NAMES)
async def test_a_rule_watches_what_there_is(rule: str, connection: Connection, now: datetime) -> None:
    known = {metric.name for metric, _ in await metrics.read(connection, now=now, ai_budget=1)} | mapped()
    asked = set(re.findall(_WORD, re.sub(r'"[^"]*"', '""', NAMES[rule]["expr"])))
    assert asked
    assert asked <= known


@pytest.mark.parametrize("rule", NAMES)
def test_a_rule_says_how_bad_it_is_and_what_to_do(rule: str) -> None:
    told = NAMES[rule]
    assert set(told) <= {"alert", "expr", "for", "labels", "annotations"}
    assert told["labels"]["severity"] in {"info", "warning", "critical"}
    assert told["annotations"]["summary"]
    assert re.fullmatch(r"\d+[smhd]", told.get("for", "0s"))
    for opening, closing in ("()", "{}", "[]"):
        assert told["expr"].count(opening) == told["expr"].count(closing)


def test_there_are_enough_of_them_and_each_has_its_name() -> None:
    assert len(NAMES) == len(RULES["rules"]) == 9
