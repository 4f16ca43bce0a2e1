"""The scan: what it leaves has a reason, the page gives the same reasons, and what has none would fail it."""

from __future__ import annotations

import copy
import re
import shutil

import pytest
import scan_cluster
from cluster_environment import ROOT, environment
from rendered_chart import Objects, chart, rendered
from scan_cluster import EXPLAINED, main, scanned, unexplained
from stage_pods import stage_pods

PAGE = ROOT / "docs" / "cluster.md"


@pytest.fixture
def checkov() -> None:
    if not shutil.which(scan_cluster.CHECKOV):
        pytest.skip(f"no checkov at {scan_cluster.CHECKOV}: `make scan` installs it, CHECKOV names another")


@pytest.fixture
def production() -> Objects:
    """All that stands in the cluster in production."""
    if why := chart().missing:
        pytest.skip(why)
    objects = rendered("production")
    return [*environment("production").objects, *objects, *stage_pods(objects)]


@pytest.mark.usefixtures("checkov")
def test_nothing_is_left_without_a_reason(installed: Objects) -> None:
    found = scanned(installed)
    assert found["summary"]["passed"] > 500
    assert unexplained(found) == []


@pytest.mark.usefixtures("checkov")
def test_a_pod_with_too_many_rights_would_be_found(production: Objects) -> None:
    worse = copy.deepcopy(production)
    (pod, *_) = [one for one in worse if one["kind"] == "Pod"]
    pod["spec"]["hostPID"] = True
    pod["spec"]["containers"][0]["securityContext"]["privileged"] = True
    found = {one.split()[0] for one in unexplained(scanned(worse))}
    assert {"CKV_K8S_16", "CKV_K8S_17"} <= found


def test_a_check_is_explained_for_the_objects_that_it_names_only() -> None:
    failed = [
        {"check_id": check, "check_name": "", "resource": resource}
        for check, resource in (
            ("CKV_K8S_22", "StatefulSet.airflow.airflow-postgresql"),
            ("CKV_K8S_22", "Deployment.airflow.airflow-api-server"),
            ("CKV_K8S_16", "Pod.vitality-workers.vitality-extraction-abc"),
        )
    ]
    assert unexplained({"results": {"failed_checks": failed}}) == [
        "CKV_K8S_16 of Pod.vitality-workers.vitality-extraction-abc",
        "CKV_K8S_22 of Deployment.airflow.airflow-api-server",
    ]


def test_the_page_lists_what_is_explained() -> None:
    rows = re.findall(r"^\| (CKV_[^|]+) \|", PAGE.read_text(encoding="utf-8"), re.M)
    listed = {number for row in rows for number in re.findall(r"\d+", row.split("K8S_")[1])}
    assert {f"CKV_K8S_{number}" for number in listed} == EXPLAINED.keys()


@pytest.mark.parametrize(
    ("name", "archive", "said"),
    [
        ("prod", "", "no environment 'prod'"),
        ("production", "/none.tgz", "no chart at /none.tgz: set AIRFLOW_CHART"),
    ],
)
def test_what_is_lacking_is_told_in_one_line(
    name: str, archive: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIRFLOW_CHART", archive)
    assert main([name]) == 2
    assert re.fullmatch(rf"scan_cluster: {said}.*\n", capsys.readouterr().err)


def test_without_checkov_it_says_so(
    production: Objects, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scan_cluster, "CHECKOV", "/none/checkov")
    assert main(["staging"]) == 2
    assert re.fullmatch(r"scan_cluster: no program '/none/checkov': .*\n", capsys.readouterr().err)
