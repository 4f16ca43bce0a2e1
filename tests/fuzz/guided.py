"""One parser under Atheris, guided by the branches of our code that an input reaches.

What is wrong with an input goes to a file under FOLDER/findings, once for each place in the code, and the fuzzing goes
on; the slowest inputs go to FOLDER/slow. What ends the process (a crash below Python, 30 s for one input, 2 GiB) is
written by libFuzzer itself.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import atheris

with atheris.instrument_imports(include=["vitality_lib", "protego", "pypdf", "icalendar"]):
    from parsers import PARSERS

_LONGEST = 16_384  # bytes of an input
_SLOW, _MOST_SLOW = 0.05, 20  # seconds of processor time; files
_SECONDS_FOR_ONE = 30
_OWN = "vitality_lib"


class Watch:
    """Runs one parser, and keeps what it raises and what it takes long over."""

    def __init__(self, name: str, folder: Path) -> None:
        self._parser = PARSERS[name]
        self._findings, self._slow = folder / "findings" / name, folder / "slow" / name
        self._slowest: list[tuple[float, Path]] = []
        for made in (self._findings, self._slow):
            made.mkdir(parents=True, exist_ok=True)

    def __call__(self, data: bytes) -> None:
        began = time.process_time()
        try:
            self._parser(data)
        except Exception as error:  # whatever a parser may not raise is the product here
            self._keep(error, data)
        took = time.process_time() - began
        if took > _SLOW:
            self._time(took, data)

    def _keep(self, error: Exception, data: bytes) -> None:
        """The shortest input for each type of error and place in our code."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if _OWN in frame.filename] or frames
        place = f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
        file = self._findings / f"{place}.bin"
        if not file.exists() or len(data) < file.stat().st_size:
            file.write_bytes(data)
            file.with_suffix(".txt").write_text("".join(traceback.format_exception(error)))

    def _time(self, took: float, data: bytes) -> None:
        if len(self._slowest) >= _MOST_SLOW and took <= self._slowest[0][0]:
            return
        file = self._slow / hashlib.sha256(data).hexdigest()[:16]
        file.write_bytes(data)
        self._slowest = sorted({*self._slowest, (took, file)})
        for _, gone in self._slowest[:-_MOST_SLOW]:
            gone.unlink(missing_ok=True)
        self._slowest = self._slowest[-_MOST_SLOW:]


def dictionary(seeds: Iterable[bytes]) -> str:
    """The words of the seeds in libFuzzer's notation."""
    found = Counter(word for seed in seeds for word in set(re.findall(rb"[<\"']?[\w:/@.&#-]{2,24}[>=\"':]{0,2}", seed)))
    words = [word for word, _ in found.most_common(400)] + [
        b"<",
        b"</",
        b"\x00",
        b"\xff",
        b"1e999",
        b"{}",
        b"[]",
        b"null",
    ]
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in words)


def fuzz(name: str, folder: Path, seconds: int) -> NoReturn:
    """Fuzz one parser for so long, from what is known of it; ends the process."""
    corpus, words = folder / "corpus" / name, folder / f"{name}.dict"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = PARSERS[name].seeds
    words.write_text(dictionary(seeds))
    for seed in seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed[:_LONGEST])
    watch = Watch(name, folder)
    limits = (
        f"-max_total_time={seconds}",
        f"-timeout={_SECONDS_FOR_ONE}",
        f"-max_len={_LONGEST}",
        "-rss_limit_mb=2048",
    )
    where = (
        f"-dict={words}",
        f"-artifact_prefix={folder / 'findings' / name}/",
        "-print_final_stats=1",
        "-verbosity=0",
    )
    atheris.Setup([sys.argv[0], *limits, *where, str(corpus)], watch)
    atheris.Fuzz()
    raise SystemExit
