"""The page of the exports: its prose is written by hand, its tables of fields come from the lists that writers use."""

from __future__ import annotations

from vitality_lib.reports.exports import dictionary

_BEGIN, _END = "<!-- fields: written by `make docs` -->\n", "<!-- end of fields -->\n"


def markdown(page: str) -> str:
    """The page with its tables anew. Raises ValueError for a page that has no place for them."""
    head, begin, rest = page.partition(_BEGIN)
    _, end, tail = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"docs/exports.md lacks {_BEGIN.strip()} or {_END.strip()}")
    return f"{head}{begin}\n{dictionary.markdown()}\n{end}{tail}"
