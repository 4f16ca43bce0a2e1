"""Which readers are at work: a hash of their own source, so that a changed one reads every site whole once more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_READERS = ("calendar", "directories", "discovery", "schedules")
_SHARED = ("document.py", "hyperlinks.py", "languages.py", "pdf_text.py", "shallow_tree.py", "sitemap.py")


@cache
def reader_version() -> str:
    """SHA-256 in hex over the source and data of everything that reads pages; the same for the life of a process."""
    library, total = files("vitality_lib"), hashlib.sha256()
    for name in (*_READERS, *_SHARED):
        for file in _files_of(library.joinpath(name)):
            total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def _files_of(part: Traversable) -> Iterator[Traversable]:
    if part.is_file():
        yield part
    elif part.name != "__pycache__":
        for inner in sorted(part.iterdir(), key=lambda one: one.name):
            yield from _files_of(inner)
