"""What is in the images that `make images` has built last, by their own lists in build/images."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from images.dockerfile import ROOT

COMPILERS = {"gcc", "g++", "clang", "make", "build-essential", "binutils", "rustc", "golang-go"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(params=["worker", "airflow"])
def image(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def packages(image: str) -> dict[str, dict[str, str]]:
    """Names and versions, by the kind of package: `pypi` and `deb`."""
    sbom = ROOT / "build" / "images" / f"{image}.cdx.json"
    if not sbom.exists():
        pytest.skip(f"{sbom.relative_to(ROOT)} is not there: no `make images` has run here")
    components: list[dict[str, Any]] = json.loads(sbom.read_text(encoding="utf-8"))["components"]
    kinds: dict[str, dict[str, str]] = {"pypi": {}, "deb": {}}
    for one in components:
        kinds[one["purl"].split("/")[0].removeprefix("pkg:")][one["name"]] = one["version"]
    return kinds


def locked(image: str) -> dict[str, set[str]]:
    text = (ROOT / "images" / image / "requirements.txt").read_text(encoding="utf-8")
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;]+)", text, re.M):
        versions.setdefault(plain(name), set()).add(version)
    return versions


def test_each_python_package_is_there_at_its_locked_version(image: str, packages: dict[str, dict[str, str]]) -> None:
    ours = packages["pypi"]
    assert "diocesan-vitality" in ours
    pins = locked(image)
    differing = {name: ours[name] for name in pins.keys() & ours.keys() if ours[name] not in pins[name]}
    assert differing == {}
    if image == "worker":  # the other's base may bring packages of its own
        assert ours.keys() - pins.keys() == {"diocesan-vitality"}


def test_nothing_in_it_builds_programs(packages: dict[str, dict[str, str]]) -> None:
    assert not COMPILERS & packages["deb"].keys()


def test_the_worker_has_a_browser_and_the_driver_of_the_same_version(
    image: str, packages: dict[str, dict[str, str]]
) -> None:
    if image == "worker":
        assert packages["deb"]["chromium"] == packages["deb"]["chromium-driver"]
        assert "tini" in packages["deb"]
    else:
        assert "chromium" not in packages["deb"]
