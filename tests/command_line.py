"""The `vitality` command as a user runs it: a process of its own with an environment of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from vitality_lib.settings import Settings

ROOT = Path(__file__).parent.parent
SECONDS = 120.0
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Vitality:
    """The command, with `home` for VITALITY_HOME."""

    home: Path

    def __call__(self, *arguments: str, stdin: bytes = b"", **environment: str) -> Done:
        """Run it to its end. It knows of no setting but those given."""
        done = subprocess.run(
            [sys.executable, "-m", "vitality_lib", *arguments],
            cwd=ROOT,
            env=self.variables(environment),
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return Done(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    async def beside(self, *arguments: str, **environment: str) -> Done:
        """The same while this process serves the web that the command crawls."""
        return await asyncio.to_thread(self, *arguments, **environment)

    def into_nobody(self, *arguments: str, **environment: str) -> Done:
        """Run it to its end with a standard output whose reader has gone."""
        reader, writer = os.pipe()
        os.close(reader)
        argv, variables = [sys.executable, "-m", "vitality_lib", *arguments], self.variables(environment)
        try:
            done = subprocess.run(
                argv, cwd=ROOT, env=variables, stdout=writer, stderr=PIPE, timeout=SECONDS, check=False
            )
        finally:
            os.close(writer)
        return Done(done.args, done.returncode, "", done.stderr.decode())

    async def started(self, *arguments: str, **environment: str) -> Process:
        """Start it and go on. Standard error is a pipe."""
        argv = [sys.executable, "-m", "vitality_lib", *arguments]
        return await asyncio.create_subprocess_exec(
            *argv, cwd=ROOT, env=self.variables(environment), stdout=PIPE, stderr=PIPE
        )

    def variables(self, given: dict[str, str]) -> dict[str, str]:
        names = {str(field.validation_alias) for field in Settings.model_fields.values()}
        assert given.keys() <= names
        measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
        plain = {"PATH": "/usr/bin:/bin", "VITALITY_HOME": str(self.home), "COLUMNS": "200"}
        return {**measured, **plain, **given}


def one_line(text: str) -> str:
    """The only line of a text."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]
