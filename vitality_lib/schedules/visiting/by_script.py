"""Pages whose text a script writes, which only a browser shows."""

from __future__ import annotations

import re

from lxml import html

from vitality_lib.document import Document, Kind

_SCHEDULE_WORDS = re.compile(r"mass|schedule|times|worship|liturg|misa|horario|confession", re.I)
_HARDLY_ANY = 200  # characters of visible text


def filled_by_script(document: Document, text: str) -> bool:
    """Whether a page's text is probably written by a script that an HTTP client does not run.

    `text` is the visible text. Signs: hardly any of it beside scripts; a `<noscript>` that asks for JavaScript; an
    empty element named for a schedule or an application's empty root.
    """
    if document.kind is not Kind.HTML or document.tree.find(".//script") is None:
        return False
    if len(text) < _HARDLY_ANY:
        return True
    if any("javascript" in (node.text_content() or "").lower() for node in document.tree.iter("noscript")):
        return True
    return any(_is_empty_container(node) for node in document.tree.iter("div", "section", "ul", "table", "main"))


def _is_empty_container(node: html.HtmlElement) -> bool:
    name = f"{node.get('id', '')} {node.get('class', '')}"
    if not (_SCHEDULE_WORDS.search(name) or node.get("id") in {"root", "app", "__next"}):
        return False
    return not node.text_content().strip()
