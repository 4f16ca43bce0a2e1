"""`make scan ENVIRONMENT=...`: checkov over the chart's objects, our own, and a pod of each stage.

checkov tells no severities without its vendor's platform. So none is taken lightly: every check that fails must have a
reason in `EXPLAINED`, or the scan fails. CHECKOV names the program, AIRFLOW_CHART another archive of the chart.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml
from cluster_environment import UnknownEnvironmentError, environment
from rendered_chart import Objects, chart, namespace, rendered
from stage_pods import stage_pods

CHECKOV = os.environ.get("CHECKOV") or "checkov"
# By check: the objects that it may fail for, as a pattern of what checkov calls them, and why.
_ANY = r"\w+\.(airflow|vitality-workers)\..*"
_SERVE_NOBODY = r".*-(scheduler|triggerer|dag-processor)|Pod\.vitality-workers\..*"
EXPLAINED = {
    "CKV_K8S_8": (
        _SERVE_NOBODY,
        "a log groomer is a loop that starts again when it ends; a worker's heartbeat is in the database",
    ),
    "CKV_K8S_9": (_SERVE_NOBODY, "they serve nobody who would wait for them to be ready"),
    "CKV_K8S_15": (
        _ANY,
        "our tags are never moved, and Always would keep a node without its registry from starting anything",
    ),
    "CKV_K8S_22": (r".*-postgresql", "the chart's PostgreSQL writes beside its programs; it is for development only"),
    "CKV_K8S_35": (_ANY, "the chart hands secrets on as variables only; the library masks them in whatever it prints"),
    "CKV_K8S_38": (
        r"\w+\.airflow\..*",
        "the token is switched off at the ServiceAccount, where the chart puts it; scheduler and triggerer start pods",
    ),
    "CKV_K8S_40": (r".*-postgresql", "the chart's PostgreSQL has its user built in; it is for development only"),
    "CKV_K8S_43": (_ANY, "whoever installs this builds our images, and may give `images.airflow.digest`"),
}


def main(arguments: list[str]) -> int:
    """0: whatever fails is explained; 1: something fails that is not; 2: no such environment, no chart, no checkov."""
    try:
        cluster = environment(arguments[0] if arguments else "")
    except UnknownEnvironmentError as error:
        return _wrong(str(error))
    if why := chart().missing:
        return _wrong(why)
    installed = rendered(cluster.name)
    objects = [*cluster.objects, *installed, *stage_pods(installed)]
    try:
        found = scanned(objects)
    except FileNotFoundError:
        return _wrong(f"no program {CHECKOV!r}: install checkov into an environment of its own, set CHECKOV to it")
    for (check, name), resources in sorted(_failed(found).items()):
        print(f"{check:12} {len(resources):3} x {name}: {EXPLAINED.get(check, ('', 'NOT EXPLAINED'))[1]}")
    left, passed = unexplained(found), found["summary"]["passed"]
    for one in left:
        print(f"not explained: {one}")
    print(f"{cluster.name}: {len(objects)} objects, {passed} checks passed, {len(left)} fail without a reason")
    return 1 if left or not passed else 0


def scanned(objects: Objects) -> dict[str, Any]:
    """checkov's report. Objects are given the namespace that Helm would install them into. Raises FileNotFoundError."""
    placed = [
        one if one["kind"] == "Namespace" else {**one, "metadata": {**one["metadata"], "namespace": namespace(one)}}
        for one in objects
    ]
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / "manifest.yaml"
        manifest.write_text(yaml.safe_dump_all(placed), encoding="utf-8")
        offline = ["--framework", "kubernetes", "--skip-download", "--quiet", "--compact", "--output", "json"]
        done = subprocess.run([CHECKOV, "--file", str(manifest), *offline], capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout))


def unexplained(found: dict[str, Any]) -> list[str]:
    """What fails for an object for which there is no reason: `CHECK of OBJECT`."""
    return sorted(
        f"{check} of {one}"
        for (check, _), resources in _failed(found).items()
        for one in resources
        if not re.fullmatch(EXPLAINED.get(check, ("(?!)", ""))[0], one)
    )


def _failed(found: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    resources = defaultdict(set)
    for one in found["results"]["failed_checks"]:
        resources[one["check_id"], one["check_name"]].add(one["resource"])
    return {check: sorted(names) for check, names in resources.items()}


def _wrong(why: str) -> int:
    print(f"scan_cluster: {why}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
