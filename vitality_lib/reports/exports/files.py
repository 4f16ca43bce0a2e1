"""Where an export goes: files that appear when they are whole, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """The file, or standard output where none is named."""
    if output is None:
        yield sys.stdout
        return
    with appearing(output) as file:
        yield file


@contextmanager
def appearing(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A file that takes its place when it is written to the end, and leaves nothing when it is not."""
    with _placed(path) as place, place.open("w", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def appearing_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for what is no text."""
    with _placed(path) as place, place.open("wb") as file:
        yield file


@contextmanager
def _placed(path: Path) -> Iterator[Path]:
    """Where to write what is to stand at `path`."""
    if path.exists() and not path.is_file():  # a pipe or a device has no place to take
        yield path
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
