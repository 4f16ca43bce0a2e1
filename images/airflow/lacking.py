"""What of the lock this Python lacks, as a lock: `lacking.py requirements.in requirements.txt` on standard output.

A base image that has Airflow keeps its own packages as they are: a locked package is taken when there is none of its
name, or when the one that is there is not what requirements.in asks for. A base without Airflow gets the whole lock.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

# pip's own copy: it is wherever pip is.
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def main(argv: list[str]) -> int:
    """Print the lines to install; what there is, is told on standard error."""
    if len(argv) != 2:
        sys.stderr.write("usage: lacking.py requirements.in requirements.txt\n")
        return 2
    asked = dict(_asked(Path(argv[0]).read_text(encoding="utf-8")))
    installed: dict[str, str] = {canonicalize_name(one.name): one.version for one in distributions()}
    locked = list(_locked(Path(argv[1]).read_text(encoding="utf-8")))
    lacking = [lines for name, lines in locked if not _good_enough(installed.get(name), asked.get(name))]
    sys.stderr.write(f"{len(locked)} pins in the lock, {len(lacking)} of them to install\n")
    sys.stdout.write("\n".join([*lacking, ""]))
    return 0


def _good_enough(version: str | None, asked: Requirement | None) -> bool:
    return version is not None and (asked is None or asked.specifier.contains(version, prereleases=True))


def _asked(text: str) -> Iterator[tuple[str, Requirement]]:
    """Name and requirement of each line of a `.in` file."""
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()
        if bare:
            requirement = Requirement(bare)
            yield canonicalize_name(requirement.name), requirement


def _locked(text: str) -> Iterator[tuple[str, str]]:
    """Name and lines of each pin: only its first line is not indented. A name may have one pin per marker."""
    for block in re.split(r"\n(?=\w)", text):
        name = _NAME.match(block)
        if name:
            yield canonicalize_name(name[0]), block.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
