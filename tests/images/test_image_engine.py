"""`make images` with each engine. The engines here are small commands that write down what they are told."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from images.dockerfile import ROOT

# Speaks as the real ones do: what `info`, `images`, `from` and `run` answer, and an exit code for `build`.
_ENGINE = """#!{python}
import json, os, pathlib, sys
arguments = sys.argv[1:]
with open({log!r}, "a") as log:
    print(json.dumps(arguments), file=log)
if {fails!r} == arguments[0]:
    print("first line", "Cannot connect to the daemon", sep="\\n", file=sys.stderr)
    sys.exit(125)
answers = {{"images": "1.01 GB", "from": "worker-container", "run": json.dumps({{"components": [1, 2, 3]}})}}
print(answers.get(arguments[0], ""))
for argument in arguments:
    kept = argument.removeprefix("--output=") if arguments[0] == "save" else argument.removeprefix("docker-archive:")
    if kept != argument:
        pathlib.Path(kept.split(":")[0]).write_bytes(b"archive")
"""


@dataclass(frozen=True)
class Machine:
    """A machine with the engines that were put on its PATH, and nothing else but git."""

    folder: Path

    def put(self, engine: str, fails: str = "") -> None:
        command = self.folder / engine
        command.write_text(_ENGINE.format(python=sys.executable, log=str(self.folder / "log"), fails=fails))
        command.chmod(0o755)

    def images(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, ROOT / "scripts" / "build_images.py", "--folder", self.folder / "out", *arguments]
        return subprocess.run(argv, env={"PATH": str(self.folder)}, capture_output=True, text=True, check=False)

    def told(self, verb: str) -> list[list[str]]:
        """What the engines were told that begins with a word."""
        lines = (self.folder / "log").read_text().splitlines()
        return [arguments for arguments in map(json.loads, lines) if arguments[0] == verb]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_any_engine_it_says_what_to_install(machine: Machine) -> None:
    done = machine.images()
    assert done.returncode == 1
    assert done.stderr == (
        "images: no docker, podman or buildah: install one of them, for instance: sudo apt-get install buildah\n"
    )


def test_an_engine_that_does_not_answer_is_passed_over(machine: Machine) -> None:
    machine.put("docker", fails="info")
    machine.put("podman")
    assert machine.images("worker").stdout.startswith("Building diocesan-vitality/worker:0.1.0 with podman\n")


def test_an_engine_that_alone_is_there_and_does_not_answer_is_named(machine: Machine) -> None:
    machine.put("docker", fails="info")
    done = machine.images()
    assert (done.returncode, done.stderr) == (
        1,
        "images: docker is installed and does not answer; `docker info` says why\n",
    )


def test_the_engine_that_is_wanted_is_taken_or_missed(machine: Machine) -> None:
    machine.put("docker")
    machine.put("buildah")
    assert " with buildah\n" in machine.images("worker", "--engine", "buildah").stdout
    done = machine.images("--engine", "podman")
    assert (done.returncode, done.stderr) == (1, "images: no podman on the PATH: install it, or leave ENGINE away\n")
    assert machine.images("--engine", "kaniko").returncode == 2


@pytest.mark.parametrize(
    ("engine", "verb"),
    [
        ("docker", ["build"]),
        ("podman", ["build", "--format=docker"]),
        ("buildah", ["build", "--format=docker"]),
    ],
)
def test_both_images_are_built_from_the_root_with_what_was_asked_for(
    machine: Machine, engine: str, verb: list[str]
) -> None:
    machine.put(engine)
    ca = machine.folder / "issuers.pem"
    ca.write_text("")
    given = ("--registry", "registry.example/team/", "--tag", "7", "--base", "mirror/python:1", "--ca", str(ca))
    done = machine.images(*given, "--airflow-base", "mirror/airflow:2")
    assert done.returncode == 0, done.stderr
    worker, airflow = machine.told("build")
    assert worker[: len(verb)] == verb
    assert worker[-3:] == [
        f"--file={ROOT}/images/worker/Dockerfile",
        "--tag=registry.example/team/diocesan-vitality/worker:7",
        str(ROOT),
    ]
    assert {"--build-arg=BASE=mirror/python:1", "--build-arg=VERSION=0.1.0", f"--secret=id=ca,src={ca}"} <= {*worker}
    assert "--build-arg=BASE=mirror/airflow:2" in airflow
    assert "registry.example/team/diocesan-vitality/airflow:7: 1.01 GB, 3 packages" in done.stdout


def test_without_another_base_the_pinned_one_stays(machine: Machine) -> None:
    machine.put("docker")
    machine.images()
    assert not [argument for told in machine.told("build") for argument in told if "BASE=" in argument]


@pytest.mark.parametrize("engine", ["docker", "podman", "buildah"])
def test_the_list_of_what_is_in_it_and_the_archive_lie_in_the_folder(machine: Machine, engine: str) -> None:
    machine.put(engine)
    done = machine.images("worker", "--save")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (machine.folder / "out").iterdir()) == ["worker.cdx.json", "worker.tar"]
    assert engine != "buildah" or machine.told("rm") == [["rm", "worker-container"]]


@pytest.mark.parametrize(
    ("fails", "line"),
    [
        ("build", "docker could not build diocesan-vitality/worker:0.1.0 (exit code 125): the lines above say why"),
        ("run", "docker run: Cannot connect to the daemon"),
    ],
)
def test_what_goes_wrong_is_one_line(machine: Machine, fails: str, line: str) -> None:
    machine.put("docker", fails=fails)
    done = machine.images()
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"images: {line}"


@pytest.mark.parametrize(
    "arguments", [("--ca", "/no/such/file"), ("--pip-conf", "/no/such/file"), ("scheduler",)], ids=" ".join
)
def test_wrong_usage_is_told_before_anything_is_built(machine: Machine, arguments: tuple[str, ...]) -> None:
    machine.put("docker")
    done = machine.images(*arguments)
    assert done.returncode == 2
    assert arguments[-1] in done.stderr
    assert not (machine.folder / "log").exists()
