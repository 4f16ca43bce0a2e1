"""What stands on the pages of a print beside its text: titles at their heads and feet, and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vitality_lib.directories.paper.text_lines import Said, has_place, kind
from vitality_lib.directories.pieces.under_headings import deanery_in

_EDGE = 3  # lines at the head, and at the foot, of a page
_COUNT = r"\d{1,3}(?:\s*(?:of|/|de)\s*\d{1,3})?"
_NUMBER = re.compile(rf"\W*(?:page|p\.|pg\.?|p[áa]gina)?\s*{_COUNT}\W*", re.I)
_NUMBERED = re.compile(rf"^\W*{_COUNT}\b(?=\W)|(?<!\d)(?<!\d\W)(?:\bpage\s*)?\b{_COUNT}\W*$", re.I)


def without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without page numbers, and without the lines at their edges that many pages have.

    What a page says at its head for the first time may be the title of what follows, and is kept.
    """
    edges = Counter(bare for page in pages for bare in {_bare(page[at]) for at in _edges(page)})
    often = {bare for bare, count in edges.items() if bare and count > 1 and count * 3 >= len(pages)}
    kept, seen = list[list[str]](), set[str]()
    for page in pages:
        beside = {at for at in _edges(page) if _bare(page[at]) in often}
        new = {at for at in beside if at in _edges(page)[:_EDGE] and _bare(page[at]) not in seen}
        seen |= {_bare(page[at]) for at in beside}
        kept.append([line for at, line in enumerate(page) if at not in beside - new and not _NUMBER.fullmatch(line)])
    return kept


def _edges(page: Sequence[str]) -> list[int]:
    """Where the first and the last lines of a page stand."""
    said = [at for at, line in enumerate(page) if line.strip() and not _NUMBER.fullmatch(line)]
    return said if len(said) <= 2 * _EDGE else said[:_EDGE] + said[-_EDGE:]


def _bare(line: str) -> str:
    """A line as it is on all pages, without its number; empty for a church, an address and the title of a deanery."""
    said = line.strip()
    if kind(said) is Said.NAME or has_place(said) or deanery_in(said):
        return ""
    return re.sub(r"\W", "", _NUMBERED.sub("", said)).lower()
