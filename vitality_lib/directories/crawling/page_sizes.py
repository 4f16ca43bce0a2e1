"""The largest page of a list that offers sizes: `Show 10 | 25 | 50 | All`, as a menu in a form."""

from __future__ import annotations

import re

from vitality_lib.directories.crawling.forms import is_own_page, options, reading_forms, selected, submission
from vitality_lib.document import Document
from vitality_lib.models import Request

_SIZE = re.compile(r"items_?per_?page|per_?page|page_?size|pagelength|length|limit|show|results", re.I)


def largest_page(document: Document) -> Request | None:
    """The whole list on one page, where a menu in a form offers page sizes and a larger one than the chosen."""
    for form in reading_forms(document):
        for menu in form.iter("select"):
            name, sizes = str(menu.get("name") or ""), {value: _size(value, said) for value, said in options(menu)}
            if _SIZE.search(name) and len(sizes) > 1 and all(sizes.values()):
                largest = max(sizes, key=lambda value: sizes[value])
                now = selected(menu) or next(iter(sizes))
                asked = submission(form, document, {name: largest}) if sizes[largest] > sizes[now] else None
                return None if asked is None or is_own_page(asked, document) else asked
    return None


def _size(value: str, said: str) -> int:
    """How many rows an option of a menu stands for; 0 when it is no number of rows."""
    if re.fullmatch(r"all|todos|-?\s*all\s*-?|-1", said, re.I) or value.lower() in {"all", "-1"}:
        return 100_000
    return int(said) if said.isdecimal() and 0 < int(said) <= 5000 else 0
