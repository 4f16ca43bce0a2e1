"""A quote where it stands: in the visible text of the stored page, which spans of evidence count in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from vitality_lib.models import Evidence
from vitality_lib.store.dashboard.evidence import StoredPage

AROUND = 300  # characters before and after
_PDF = b"%PDF-"


@dataclass(frozen=True)
class Quoted:
    """The quote between what stands before and after it; `cut` where that goes on.

    `moved`: it stands there, but not where the evidence says (the reader of pages has changed since).
    """

    before: str
    quote: str
    after: str
    cut_before: bool = False
    cut_after: bool = False
    moved: bool = False


def quoted(text: str, evidence: Evidence, around: int | None = AROUND) -> Quoted | None:
    """The quote in its page's visible text, so many characters on each side (None: all); None when it is not there."""
    start, end = evidence.start, evidence.end
    moved = text[start:end] != evidence.quote or not evidence.quote
    if moved:
        start = text.find(evidence.quote) if evidence.quote else -1
        end = start + len(evidence.quote)
    if start < 0:
        return None
    first = 0 if around is None else max(0, start - around)
    last = len(text) if around is None else min(len(text), end + around)
    return Quoted(text[first:start], text[start:end], text[end:last], first > 0, last < len(text), moved)


async def visible_texts(pages: Mapping[str, StoredPage], seconds: float, *, pdf: bool) -> dict[str, str]:
    """The visible text of pages by hash, as many as can be read in the time; PDFs, which take longer, only on demand.

    A page that is being read when the time is over is read to its end in its thread, and then dropped.
    """
    read: dict[str, str] = {}

    async def all_of_them() -> None:
        for hash_, page in pages.items():
            if page.body is not None and (pdf or not page.body[:1024].lstrip().startswith(_PDF)):
                read[hash_] = await asyncio.to_thread(_visible_text, page)

    with suppress(TimeoutError):  # what was read is shown, the rest has a page of its own
        await asyncio.wait_for(all_of_them(), seconds)
    return dict(read)


def _visible_text(stored: StoredPage) -> str:
    from vitality_lib.document import Document  # noqa: PLC0415 - parsers of HTML and PDF, for these pages alone
    from vitality_lib.schedules.text import visible_text  # noqa: PLC0415

    page = stored.page
    return visible_text(Document(page)) if page else ""
