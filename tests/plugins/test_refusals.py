"""Why the Kubernetes API said no, in its own words as releases 1.30 to 1.36 have them, and what mends it."""

import json
from collections.abc import Callable

import pytest
from vitality_airflow.refusals import refusal, silence
from vitality_airflow.retries import Rule

ACCOUNT = "system:serviceaccount:airflow:airflow-scheduler"
APPLY = "kubectl apply -f helm-values/workers/workers.yaml"
NO_RIGHT = f'User "{ACCOUNT}" cannot create resource "pods" in API group "" in the namespace "vitality-workers"'
POD = 'pods "vitality-extraction-x" is forbidden: '


def body(message: str) -> str:
    return json.dumps({"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message})


@pytest.mark.parametrize(
    ("code", "message", "rule", "mend"),
    [
        (403, f"pods is forbidden: {NO_RIGHT}", Rule.NEVER, APPLY),
        (
            404,
            'namespaces "vitality-workers" not found',
            Rule.NEVER,
            APPLY,
        ),
        (
            403,
            f"{POD}exceeded quota: vitality-workers, requested: limits.memory=2Gi, used: limits.memory=12Gi, "
            "limited: limits.memory=14Gi",
            Rule.WHEN_FREE,
            "kubectl --namespace vitality-workers describe quota",
        ),
        (
            403,
            f"{POD}status unknown for quota: vitality-workers, resources: limits.memory,pods,requests.memory",
            Rule.SOON,
            "within seconds",
        ),
        (
            403,
            f"{POD}error looking up service account vitality-workers/vitality-worker: "
            'serviceaccount "vitality-worker" not found',
            Rule.NEVER,
            APPLY,
        ),
        (403, f"{POD}maximum memory usage per Container is 2Gi, but limit is 4Gi", Rule.NEVER, "LimitRange"),
        (403, f'{POD}violates PodSecurity "restricted:latest": hostPath volumes', Rule.NEVER, "get namespace"),
        (422, 'Pod "x" is invalid: spec.tolerations[0].effect: Unsupported value', Rule.NEVER, "docs/settings.md"),
        (401, "Unauthorized", Rule.USUAL, "control plane"),
        (500, "etcdserver: request timed out", Rule.USUAL, "control plane"),
    ],
)
def test_a_refusal_names_the_thing_and_the_command_that_mends_it(
    code: int, message: str, rule: Rule, mend: str, has_row: Callable[[str], bool]
) -> None:
    ending = refusal(code, body(message), "vitality-workers")
    assert ending.rule is rule
    assert message in ending.line
    assert mend in ending.line
    assert "\n" not in ending.line
    assert has_row(ending.why)


def test_memory_is_told_as_people_read_it() -> None:
    said = (
        f"{POD}exceeded quota: vitality-workers, requested: limits.cpu=800m,limits.memory=2362232012800m, "
        "used: limits.cpu=8,limits.memory=23622320128, limited: limits.cpu=8,limits.memory=24Gi"
    )
    line = refusal(403, body(said), "vitality-workers").line
    assert "requested: limits.cpu=800m,limits.memory=2253Mi, used" in line
    assert "limits.memory=22528Mi, limited: limits.cpu=8,limits.memory=24Gi" in line


@pytest.mark.parametrize("odd", [None, "", "<html>\n502 Bad Gateway</html>", "[]", '{"message": null}'])
def test_an_answer_that_is_no_status_object_is_told_as_it_is(odd: str | None) -> None:
    ending = refusal(502, odd, "vitality-workers")
    assert ending.rule is Rule.USUAL
    assert "502" in ending.line
    assert "\n" not in ending.line


def test_no_answer_at_all_is_tried_again() -> None:
    ending = silence(OSError("connection refused"))
    assert ending.rule is Rule.USUAL
    assert "connection refused" in ending.line
