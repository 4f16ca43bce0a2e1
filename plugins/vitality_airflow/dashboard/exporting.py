"""Writing an export for somebody to take away: `vitality export` in a process of its own.

The API server answers everybody else meanwhile, and its memory is not what an export fills.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from vitality_lib.settings import Settings

AT_ONCE = 2
_SECONDS = 300
_PIECE = 2**18
_USAGE = 2


class ExportRefused(Exception):  # noqa: N818 - named after what happened
    """The export cannot be had. The text is one line; `asked_wrong`: because of what was asked for."""

    def __init__(self, line: str, *, asked_wrong: bool = False) -> None:
        super().__init__(line)
        self.asked_wrong = asked_wrong


class Slots:
    """How many exports may be written at once in this API server."""

    def __init__(self, free: int = AT_ONCE) -> None:
        self._free = free

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Whether one was free; it is taken inside the block."""
        free = self._free > 0
        self._free -= free
        try:
            yield free
        finally:
            self._free += free


async def written(settings: Settings, form: str, as_of: str, name: str) -> BinaryIO:
    """The export as an open file that is in no folder any more: it is gone when it is closed.

    A format of several files comes as one ZIP. Raises ExportRefused.
    """
    folder = Path(tempfile.mkdtemp(prefix="vitality-export-"))
    try:
        output = folder / name
        await _run(settings, ["export", form, "--output", str(output), *(["--as-of", as_of] if as_of else [])])
        if output.is_dir():
            output = await asyncio.to_thread(_zipped, output)
        return output.open("rb")
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file, bit by bit; it is closed at the end, or when nobody wants the rest."""
    with file:
        while piece := file.read(_PIECE):
            yield piece


async def _run(settings: Settings, arguments: list[str]) -> None:
    environment = {**os.environ, "DATABASE_URL": settings.database_url.get_secret_value()}
    command = (sys.executable, "-m", "vitality_lib", *arguments)
    nowhere, heard = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        *command, stdin=nowhere, stdout=nowhere, stderr=heard, env=environment, start_new_session=True
    )
    try:
        _, said = await asyncio.wait_for(child.communicate(), _SECONDS)
    except TimeoutError:
        raise ExportRefused(f"it took longer than {_SECONDS} s") from None
    finally:
        if child.returncode is None:  # too slow, or whoever asked has gone
            child.kill()
            await child.wait()
    if child.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise ExportRefused(lines[-1] if lines else "it ended", asked_wrong=child.returncode == _USAGE)


def _zipped(folder: Path) -> Path:
    made = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder.parent))
    return made
