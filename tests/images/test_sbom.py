"""The list of what is in an image: made here of the machine that runs the tests, and held against the standard."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import pytest
from images.dockerfile import ROOT

CREATED = "2026-11-27T12:00:00Z"


def made(*arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, ROOT / "scripts" / "sbom.py", *arguments]
    return subprocess.run(argv, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def sbom() -> dict[str, Any]:
    return dict(json.loads(made("vitality-worker", "0.1.0", "--created", CREATED).stdout))


def test_it_keeps_to_the_standard(sbom: dict[str, Any]) -> None:
    validation = pytest.importorskip(
        "cyclonedx.validation.json", reason="the CycloneDX schema is not installed; pip install cyclonedx-python-lib"
    )
    schema = pytest.importorskip("cyclonedx.schema")
    validator = validation.JsonStrictValidator(schema.SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(sbom)) is None


def test_it_names_the_image(sbom: dict[str, Any]) -> None:
    image = sbom["metadata"]["component"]
    assert (image["type"], image["name"], image["version"]) == ("container", "vitality-worker", "0.1.0")
    assert sbom["metadata"]["timestamp"] == CREATED


def test_each_python_package_is_in_it_once_by_its_plain_name(sbom: dict[str, Any]) -> None:
    python = [one for one in sbom["components"] if one["purl"].startswith("pkg:pypi/")]
    assert f"pkg:pypi/typing-extensions@{version('typing_extensions')}" in {one["purl"] for one in python}
    assert len({one["name"] for one in python}) == len(python)


def test_each_debian_package_is_in_it_with_its_version(sbom: dict[str, Any]) -> None:
    if not shutil.which("dpkg-query"):
        pytest.skip("no dpkg here: the images have it")
    asked = ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}${Package} ${Version}\n"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    installed = {tuple(line[3:].split()) for line in told if line.startswith("ii")}
    assert installed == {
        (one["name"], one["version"]) for one in sbom["components"] if one["purl"].startswith("pkg:deb/")
    }


def test_the_same_packages_make_the_same_list(sbom: dict[str, Any]) -> None:
    again = made("vitality-worker", "0.1.0", "--created", CREATED)
    assert json.loads(again.stdout) == sbom
    other = json.loads(made("vitality-worker", "0.1.1", "--created", CREATED).stdout)
    assert other["serialNumber"] != sbom["serialNumber"]


def test_wrong_usage_is_told() -> None:
    done = made("vitality-worker")
    assert done.returncode == 2
    assert "--created" in done.stderr
