"""Imports point one way, and what Airflow imports is light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "vitality_lib"

# What each part of the library may import, besides itself.
_PLAIN = {"harmless", "secrecy", "terminal"}
_BASE = {*_PLAIN, "models", "settings", "document", "hyperlinks", "languages", "logs", "pdf_text", "sitemap"}
_WORKSHOPS = {"web", "ai", "store", "work"}
_READERS = {"discovery", "directories", "schedules", "reports"}
_ENDING = {"exit_codes", "plain_endings"}
ALLOWED = {
    "models": set(),
    "settings": {"models"},
    "document": {"models", "shallow_tree"},
    "shallow_tree": set(),
    "hyperlinks": set(),
    "pdf_text": set(),
    "sitemap": {"document", "hyperlinks", "models"},
    "languages": set(),
    "harmless": set(),
    "secrecy": {"settings"},
    "terminal": {"harmless"},
    "logs": {"harmless", "secrecy", "settings"},
    "monitoring": {"models", "settings", "secrecy", "logs", "harmless"},
    "calendar": {"models", "languages", "harmless"},
    "store": {"models", "settings"},
    "work": {"models", "settings", "store"},
    "web": {*_BASE, "store"},
    "ai": {*_BASE, "store"},
    "sample": _BASE,
    "schedules": {*_BASE, "calendar", "store", "web", "ai"},
    "directories": {*_BASE, "store", "web", "ai"},
    "discovery": {*_BASE, "store", "web", "ai", "directories"},
    "reports": {*_BASE, "calendar", "store"},
    "units": {*_BASE, "calendar", *_WORKSHOPS, *_READERS, "sample"},
    "stages": {*_BASE, *_WORKSHOPS, *_READERS, "units"},
    "exit_codes": set(),
    "plain_endings": {*_BASE, "store", "work", "decisions", "exit_codes"},
    "progress": {*_BASE, "store"},
    "metrics": {*_BASE, "store"},
    "inspection": {*_BASE, "calendar", *_WORKSHOPS, *_READERS},
    "decisions": {*_BASE, "calendar", "store", "units"},
    "showing": {*_BASE, "calendar", "store", "reports", "decisions", "units"},
    "commands": {*_BASE, *_ENDING, "store", "work", "reports", "progress", "metrics"},
    "crawl_commands": {
        *_BASE,
        *_ENDING,
        *_WORKSHOPS,
        "units",
        "stages",
        "commands",
        "monitoring",
        "progress",
        "sample",
        "showing",
    },
    "decision_commands": {*_BASE, *_ENDING, "store", "decisions"},
    "schedule_commands": {*_BASE, *_ENDING, "store", "decisions", "showing"},
    "schedule_arguments": {*_BASE, "schedule_commands"},
    "cli": {
        *_BASE,
        *_ENDING,
        "commands",
        "crawl_commands",
        "decision_commands",
        "schedule_arguments",
        "inspection",
        "reports",
    },
    "__main__": {"cli"},
    "__init__": set(),
}
# Parsers are pure: no network, no database, no clock.
PURE = ("directories", "schedules", "discovery", "calendar")
HEAVY = ("selenium", "pandas", "bs4", "lxml", "httpx", "numpy", "jinja2")


def modules() -> list[Path]:
    return sorted(LIBRARY.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    own = part(path)
    assert own in ALLOWED, f"{own} is new: give it its place in ALLOWED"
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("vitality_lib.")}
    assert ours - {own, "__version__"} <= ALLOWED[own]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_library_knows_nothing_of_airflow_or_kubernetes(path: Path) -> None:
    assert not {name for name in imports(path) if name.split(".")[0] in {"airflow", "kubernetes"}}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_web_touches_the_network_and_only_settings_the_environment(path: Path) -> None:
    used = imports(path)
    # `monitoring` posts to the operator's own receiver: that is nobody's website, and the polite door, with its queues
    # and rests, is not for it.
    if part(path) not in {"web", "sample", "store", "monitoring"}:
        assert not {
            name for name in used if name.split(".")[0] in {"httpx", "socket", "selenium", "urllib3", "ssl"}
        } - ({"socket"} if part(path) == "settings" else set())
    if part(path) != "settings":
        assert "os.environ" not in path.read_text()


@pytest.mark.parametrize("name", PURE)
def test_parsers_import_no_store_and_no_clock(name: str) -> None:
    for path in sorted((LIBRARY / name).rglob("*.py")):
        used = imports(path)
        assert not {n for n in used if n.startswith(("vitality_lib.store", "vitality_lib.web", "psycopg"))}, path
        assert not {n for n in used if n in {"time", "time.time", "random"}}, path
        assert "datetime.now" not in path.read_text(), path


@pytest.mark.parametrize(
    "module",
    [
        "vitality_lib.models",
        "vitality_lib.settings",
        "vitality_lib.store.database",
        "vitality_lib.store.ledger",
        "vitality_lib.store.reported",
        "vitality_lib.monitoring.signature",
        "vitality_lib.work.watchdog",
    ],
)
def test_what_airflow_imports_pulls_in_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"


def test_sql_lives_in_the_store() -> None:
    words = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ")
    for path in modules():
        if part(path) != "store":
            strings = [
                n.value
                for n in ast.walk(ast.parse(path.read_text()))
                if isinstance(n, ast.Constant) and isinstance(n.value, str)
            ]
            assert not [text for text in strings if text.lstrip().startswith(words)], path


def test_a_command_starts_without_what_only_a_few_need() -> None:
    late = ("selenium", "pandas", "alembic", "sqlalchemy", "google.generativeai")
    code = f"import sys, vitality_lib.cli; print([m for m in {late!r} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"
