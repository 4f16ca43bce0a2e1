"""Part `pages`: how many pages the readers read in a second of one core."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench_nation import Plan
from bench_options import Options, progress
from bench_page import Result
from nation.moulds import pages_of

from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.schedules.reader import read_services

PARISHES = 300
_MOST = 500  # pages of the corpus


def measured(options: Options) -> Result:
    """Pages of the sample web's layouts, and real ones where VITALITY_CORPUS names them."""
    sources = {"sample web": list(_sample(options.size(PARISHES)))}
    corpus = os.environ.get("VITALITY_CORPUS", "")
    real = list(islice(_real(Path(corpus)), _MOST)) if corpus else []
    if real:
        sources["real pages"] = real
    rows = [(name, *_row(pages, options.repeat)) for name, pages in sources.items()]
    notes = ["`parse`: bytes to a tree; `read`: the tree, and all services with their evidence."]
    notes += [] if real else ["VITALITY_CORPUS names no pages: real ones were not read."]
    heading = ("pages of", "pages", "KiB each", "parse, pages/s", "read, pages/s", "MB/s read")
    return Result(heading, rows, notes)


def _row(pages: Sequence[Page], repeat: int) -> tuple[object, ...]:
    size = sum(len(page.body) for page in pages)
    parse = min(_seconds(pages, _parsed) for _ in range(repeat))
    read = min(_seconds(pages, lambda page: read_services(Document(page))) for _ in range(repeat))
    progress(f"pages: {len(pages) / read:.0f} a second")
    return (f"{len(pages):,}", f"{size / len(pages) / 1024:.1f}", f"{len(pages) / parse:,.0f}",
            f"{len(pages) / read:,.0f}", f"{size / read / 1e6:.1f}")  # fmt: skip


def _parsed(page: Page) -> object:
    return Document(page).tree


def _seconds(pages: Sequence[Page], work: Callable[[Page], object]) -> float:
    gc.collect()
    began = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - began


def _sample(parishes: int) -> Iterator[Page]:
    for _, member in Plan(4, parishes).parishes_of_all():
        for path, content in pages_of(member).items() if member.parish.website else ():
            if content.type.startswith("text/html"):
                url = f"http://{member.parish.host}{path}"
                yield Page(url, content.body, headers={"content-type": content.type})


def _real(corpus: Path) -> Iterator[Page]:
    for path in sorted((corpus / "schedules").glob("*.html")):
        yield Page(f"http://parish.example/{path.name}", path.read_bytes(), headers={"content-type": "text/html"})
