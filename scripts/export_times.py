"""`make export-times`: what each export takes over a database of national size, each as a process of its own.

Prints seconds, the most memory that the process held, and the bytes written; exits 1 where one takes too long or too
much memory.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from vitality_lib.reports.exports.export import Format
from vitality_lib.store import embedded, migrate

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from national_database import fill

MOST_SECONDS, MOST_MEBIBYTES = 30.0, 400.0
_MEBIBYTE = 2**20


@dataclass(frozen=True)
class Taken:
    """What one export took: seconds, mebibytes of memory at the most, and mebibytes written in how many files."""

    what: str
    seconds: float
    memory: float
    written: float
    files: int

    @property
    def too_much(self) -> bool:
        return self.seconds > MOST_SECONDS or self.memory > MOST_MEBIBYTES


def main(formats: list[str], as_of: str) -> int:
    with tempfile.TemporaryDirectory(prefix="vitality-") as folder, embedded.running(Path(folder) / "home") as server:
        url = server.url("vitality")
        migrate.upgrade(url)
        asyncio.run(_fill(url))
        print("| export | seconds | peak memory, MiB | written, MiB | files |\n|---|---|---|---|---|")
        taken = []
        for form in formats:
            for more in ([], ["--as-of", as_of]) if as_of else ([],):
                taken.append(_measured(form, url, Path(folder) / "out" / form, more))
                print(_row(taken[-1]), flush=True)
    late = [one.what for one in taken if one.too_much]
    if late:
        print(f"more than {MOST_SECONDS:.0f} s or {MOST_MEBIBYTES:.0f} MiB: {', '.join(late)}", file=sys.stderr)
    return 1 if late else 0


async def _fill(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await fill(connection)


def _measured(form: str, url: str, folder: Path, more: list[str]) -> Taken:
    output = folder if Format(form).in_folder else folder / f"parishes.{form}"
    command = [sys.executable, "-m", "vitality_lib", "export", form, "--output", str(output), *more]
    began = time.monotonic()
    child = os.posix_spawn(sys.executable, command, {**os.environ, "DATABASE_URL": url})
    _, status, used = os.wait4(child, 0)
    seconds = time.monotonic() - began
    if status:
        raise SystemExit(f"vitality export {form} ended with {os.waitstatus_to_exitcode(status)}")
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Taken(" ".join([form, *more[:1]]), seconds, _peak(used), sum(sizes) / _MEBIBYTE, len(sizes))


def _peak(used: resource.struct_rusage) -> float:
    """Mebibytes: Linux counts in KiB, macOS in bytes."""
    return used.ru_maxrss / (_MEBIBYTE if sys.platform == "darwin" else 1024)


def _row(taken: Taken) -> str:
    return f"| {taken.what} | {taken.seconds:.1f} | {taken.memory:.0f} | {taken.written:.1f} | {taken.files} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", default=list(Format), help="default: all")
    parser.add_argument("--as-of", default="", help="measure each a second time, as of this day")
    given = parser.parse_args()
    sys.exit(main(given.formats, given.as_of))
