"""The text of a PDF, page by page, whatever state the file is in."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

# pypdf meets damaged files with whatever its reading of them trips over; each is "no text" to us.
_DAMAGE = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, AssertionError,
    ZeroDivisionError, NotImplementedError,
)  # fmt: skip
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each oddity of a file


def pdf_pages(body: bytes, most: int, columns: bool = False) -> Iterator[str]:
    """The text of the first pages; none for a file that cannot be read. A page that cannot be is empty.

    With `columns` words stand as they do on paper, spaces between them, and blank lines are kept.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - 70 ms, and few pages are PDFs
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    damage = (PyPdfError, *_DAMAGE)
    try:
        pages = PdfReader(io.BytesIO(body)).pages
        count = min(len(pages), most)
    except damage:
        return
    for number in range(count):
        try:
            page = pages[number]
            yield page.extract_text(extraction_mode="layout" if columns else "plain")
        except damage:
            yield ""
