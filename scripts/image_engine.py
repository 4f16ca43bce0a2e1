"""docker, podman or buildah: what of them this project needs, said to each in its own words."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ENGINES = ("docker", "podman", "buildah")
_ASKED_SECONDS = 60


class EngineError(Exception):
    """What could not be done, where, and what to do: one line."""


@dataclass(frozen=True)
class Build:
    """What one image is made from. `secrets` are files that the build may read and the image does not keep."""

    dockerfile: Path
    name: str
    arguments: Mapping[str, str]
    secrets: Mapping[str, Path]


@dataclass(frozen=True)
class Engine:
    """One of ENGINES, by the name of its command."""

    command: str

    def build(self, build: Build, context: Path) -> None:
        """Build an image; the engine's own progress goes to the terminal. Raises EngineError."""
        given = [f"--build-arg={key}={value}" for key, value in build.arguments.items()]
        given += [f"--secret=id={name},src={path}" for name, path in build.secrets.items()]
        # The OCI's own format has no health check; docker writes no other.
        verb = ["build"] if self.command == "docker" else ["build", "--format=docker"]
        argv = [self.command, *verb, *given, f"--file={build.dockerfile}", f"--tag={build.name}", str(context)]
        code = subprocess.run(argv, check=False).returncode
        if code:
            why = "the lines above say why"
            raise EngineError(f"{self.command} could not build {build.name} (exit code {code}): {why}")

    def size(self, name: str) -> str:
        """The size of an image, in the engine's words."""
        return self._said("images", "--format={{.Size}}", name).split("\n")[0]

    def read(self, name: str, path: str) -> str:
        """The text of a file in an image, by a container of it that has no network and is gone afterwards."""
        if self.command != "buildah":
            return self._said("run", "--rm", "--network=none", "--entrypoint=cat", name, path)
        container = self._said("from", "--pull-never", name)
        try:
            return self._said("run", container, "--", "cat", path)
        finally:
            self._said("rm", container)

    def save(self, name: str, file: Path) -> None:
        """Write an image to a file as docker's archive, for a node that reaches no registry."""
        file.unlink(missing_ok=True)
        if self.command == "buildah":
            self._said("push", "--quiet", name, f"docker-archive:{file}:{name}", seconds=None)
        else:
            self._said("save", f"--output={file}", name, seconds=None)

    def works(self) -> bool:
        """Whether it is there, and whoever does its work answers: docker's command alone can do nothing."""
        try:
            self._said("info")
        except EngineError:
            return False
        return True

    def _said(self, *arguments: str, seconds: int | None = _ASKED_SECONDS) -> str:
        try:
            done = subprocess.run(
                [self.command, *arguments], check=True, capture_output=True, text=True, timeout=seconds
            )
        except subprocess.CalledProcessError as error:
            said = (error.stderr or "").strip().splitlines() or [f"exit code {error.returncode}"]
            raise EngineError(f"{self.command} {arguments[0]}: {said[-1]}") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"{self.command} {arguments[0]}: {error}") from None
        return done.stdout.strip()


def choose(wanted: str) -> Engine:
    """The engine that is wanted (one of ENGINES), else the first that works here. Raises EngineError."""
    there = [name for name in ([wanted] if wanted else ENGINES) if shutil.which(name)]
    for name in there:
        if Engine(name).works():
            return Engine(name)
    if there:
        raise EngineError(f"{' and '.join(there)} is installed and does not answer; `{there[0]} info` says why")
    if wanted:
        raise EngineError(f"no {wanted} on the PATH: install it, or leave ENGINE away")
    raise EngineError("no docker, podman or buildah: install one of them, for instance: sudo apt-get install buildah")
