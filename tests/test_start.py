"""What a command imports when it starts: what it runs, and nothing that only others need.

Each pod, each task of Airflow and each process of these tests pays for a start.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READERS = ("vitality_lib.discovery", "vitality_lib.directories", "vitality_lib.schedules.reader", "bs4", "pypdf")
REPORTS = ("pandas", "numpy", "pyarrow", "jinja2", "vitality_lib.reports.report")
WEB = ("httpx", "lxml", "selenium", "vitality_lib.web")
SCHEMA = ("alembic", "sqlalchemy")
SELDOM = ("icalendar", "phonenumbers", "usaddress", "google.generativeai", "vitality_lib.sample", "yaml")
NOTHING_MUCH = (*READERS, *REPORTS, *WEB, *SCHEMA, *SELDOM)

# The work itself is left out: what a command runs is imported when its coroutine is made.
MADE = """
import sys
from vitality_lib import cli
parser = cli._build()
given = parser.parse_args({arguments!r})
cli._command(given, cli._settings(given)).close()
print(*sys.modules)
"""
STAGE = """
import asyncio, sys, types
from vitality_lib import stages
async def nothing(*_): pass
stages.each_due_diocese = stages.through_outages = nothing
asyncio.run(stages.{stage}(types.SimpleNamespace(database=None)))
print(*sys.modules)
"""


def imported(code: str) -> set[str]:
    """The modules of a process of its own that has run `code`."""
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    return set(said.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (["status"], NOTHING_MUCH),
        (["metrics"], NOTHING_MUCH),
        (["directories"], NOTHING_MUCH),
        (["db", "prune"], NOTHING_MUCH),
        (["db", "upgrade"], NOTHING_MUCH),
        (["export", "csv"], NOTHING_MUCH),
        (["schedule", "St. Anne"], NOTHING_MUCH),
        (["changes"], NOTHING_MUCH),
        (["correct", "list"], NOTHING_MUCH),
        (["review", "list"], NOTHING_MUCH),
        (["override", "list"], NOTHING_MUCH),
        (["run"], (*READERS, *REPORTS, *SCHEMA, *SELDOM)),
        (["worker"], (*READERS, *REPORTS, *SCHEMA, *SELDOM)),
        (["report"], (*READERS, *REPORTS, *SCHEMA, *SELDOM)),
        (["inspect", "schedule", "-"], (*REPORTS, *SCHEMA, *SELDOM, "selenium", "pypdf", "bs4")),
    ],
    ids=lambda given: "-".join(given) if isinstance(given, list) else "",
)
def test_a_command_starts_without_what_only_others_need(arguments: list[str], needless: tuple[str, ...]) -> None:
    assert sorted(imported(MADE.format(arguments=arguments)) & set(needless)) == []


def test_help_needs_no_database_either() -> None:
    code = "import sys, vitality_lib.cli as cli; cli._build().format_help(); print(*sys.modules)"
    assert sorted(imported(code) & {*NOTHING_MUCH, "psycopg"}) == []


@pytest.mark.parametrize(
    ("stage", "needless"),
    [
        ("discovery", ("vitality_lib.schedules.reader",)),
        ("extraction", ("vitality_lib.discovery.find", "vitality_lib.schedules.reader")),
        ("schedule", ("vitality_lib.discovery.find", "vitality_lib.directories")),
        ("reporting", READERS),
    ],
)
def test_a_stage_begins_without_the_readers_of_others(stage: str, needless: tuple[str, ...]) -> None:
    heavy = (*SCHEMA, *REPORTS, "selenium", "google.generativeai", "vitality_lib.sample", "pypdf", "bs4")
    assert sorted(imported(STAGE.format(stage=stage)) & {*needless, *heavy}) == []
