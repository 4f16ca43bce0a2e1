"""What a page sets in bold or underlines, by tags or by style: hand-made pages and site builders have no headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.directories.pieces import markup

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:\s*(?:italic\s+)?bold", re.I)
_UNDERLINED_STYLE = re.compile(r"text-decoration[\w-]*\s*:\s*underline", re.I)
_DEEP = 8


def is_bold(node: markup.Element) -> bool:
    """Whether an element sets its text in bold itself."""
    return node.tag in {"b", "strong"} or (
        node.tag in {"span", "font"} and bool(_BOLD_STYLE.search(node.get("style") or ""))
    )


def starts_a_line_in_bold(node: markup.Element) -> bool:
    """Whether an element is the bold text that a line begins with; of two in one another the outer one is."""
    before, above = node.getprevious(), node.getparent()
    text = before.tail if before is not None else above.text if above is not None else None
    first = (before is None or before.tag in {"br", "hr"}) and not (text or "").strip()
    return first and is_bold(node) and (above is None or not is_bold(above))


def all_bold(paragraph: markup.Element) -> bool:
    """Whether a paragraph is one text in bold and nothing else."""
    return any(is_bold(node) for node in _only(paragraph))


def all_underlined(paragraph: markup.Element) -> bool:
    """Whether a paragraph is one underlined text and nothing else; links are underlined anyway."""
    inside = list(_only(paragraph))
    underlined = any(node.tag == "u" or _UNDERLINED_STYLE.search(node.get("style") or "") for node in inside)
    return underlined and next(paragraph.iter("a"), None) is None


def _only(node: markup.Element) -> Iterator[markup.Element]:
    """The elements in one another that each hold the whole text of an element; breaks at the end apart."""
    for _ in range(_DEEP):
        inner = [child for child in node if child.tag != "br"]
        beside = "".join(text or "" for text in (node.text, *(child.tail for child in node)))
        if len(inner) != 1 or not isinstance(inner[0].tag, str) or beside.replace("\u200b", "").strip():
            return
        node = inner[0]
        yield node
