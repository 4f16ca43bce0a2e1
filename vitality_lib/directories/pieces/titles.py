"""The headings that the parts of a page stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from lxml import etree

from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.emphasis import all_bold, all_underlined

_TITLE_CLASS = re.compile(r"(?:accordion|toggle|tab|panel|collapse)[\w-]*(?:title|header|heading|button|label)", re.I)
_OUTSIDE = frozenset({"nav", "header", "footer", "aside"})
_BELOW_H6, _MOST_TITLE, _MOST_NODES = 7, 80, 150_000
Titles: TypeAlias = tuple[str, ...]


def titles_above(cards: Sequence[markup.Element]) -> list[Titles]:
    """For each card the headings it stands under, the highest first."""
    wanted, found, stack = set(cards), dict[markup.Element, Titles](), list[tuple[int, str]]()
    around = {above for card in cards for above in card.iterancestors()}  # a heading around a card is its name
    walk = etree.iterwalk(cards[0].getroottree(), events=("start",)) if cards else iter(())
    for number, (_, node) in enumerate(walk):
        if number > _MOST_NODES:
            break
        level = _level(node)
        if level:
            while stack and stack[-1][0] >= level:
                stack.pop()
        if node in wanted:
            found[node] = tuple(title for _, title in stack)
        elif (
            level
            and node not in around
            and not markup.within(node, _OUTSIDE)
            and 1 < len(said := markup.text(node)) <= _MOST_TITLE
        ):
            stack.append((level, said))
        if node in wanted:
            walk.skip_subtree()
    return [found.get(card, ()) for card in cards]


def _level(node: markup.Element) -> int:
    """1 to 6 for `h1` to `h6`, 7 for what serves as a heading below them, 0 for what is none."""
    if not isinstance(node.tag, str):
        return 0
    if level := markup.heading_level(node):
        return level
    if node.tag == "p" and (all_bold(node) or all_underlined(node)):
        return _BELOW_H6
    titled = node.tag in {"summary", "dt", "caption", "legend"} or _TITLE_CLASS.search(str(node.get("class") or ""))
    return _BELOW_H6 if titled else 0
