"""What a page is about, told by its title, headings and address: parishes, or something else."""

from __future__ import annotations

import re
from urllib.parse import unquote

from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import split

_PARISHES = re.compile(
    r"\b(?:parish(?:es)?|church(?:es)?|parroquias?|iglesias?|mass ?times?|deaner(?:y|ies)|vicariates?)\b|parish|church"
    r"(?:es|finder|locator)",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:schools?|cemeter(?:y|ies)|employment|jobs?|council|history|news|events?|log ?in|sign in|donate|priests?|"
    r"clergy|vocations?|staff|safe environment)\b",
    re.I,
)
_MOST_HEADINGS = 8


def is_about_parishes(document: Document) -> bool:
    """Whether the page says that parishes are what it is about, and is no door that wants a password."""
    if document.kind is not Kind.HTML:
        return False
    said = [*titles(document), unquote(re.sub(r"[-_/.+]", " ", split(document.url).path))]
    told = [text for text in said if _PARISHES.search(text)]
    return bool(told) and not all(_OTHERS.search(text) for text in told) and not _wants_password(document)


def titles(document: Document) -> list[str]:
    """The page's title and its first headings."""
    found = [*document.tree.iter("title"), *list(document.tree.iter("h1", "h2", "h3"))[:_MOST_HEADINGS]]
    return [text[:200] for node in found if (text := " ".join(node.text_content().split()))]


def without_lists(document: Document) -> str:
    """The text of a page outside its menus, header and footer."""
    body = markup.body(document.tree)
    main = next(body.iter("main", "article"), body)
    return " ".join(markup.lines(main))


def _wants_password(document: Document) -> bool:
    kinds = (str(node.get("type") or "").lower() for node in document.tree.iter("input"))
    return "password" in kinds and "__VIEWSTATE" not in document.text
