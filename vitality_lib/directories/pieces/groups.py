"""Elements of a page that are like one another: the candidates for the repeated piece of a list."""

from __future__ import annotations

import re
from collections import defaultdict

from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.broken_lines import with_lines_apart
from vitality_lib.directories.pieces.numbered_ids import items
from vitality_lib.document import Document

_TAGS = ("li", "div", "article", "section", "tr", "td", "p", "details", "dl", "dd", "address", "a", "table")
_OUTSIDE = frozenset({"nav", "header", "footer"})
_STATE_CLASS = re.compile(r"\d|^(?:odd|even|first|last|active|open|show|visible|alt)$", re.I)
_SAMPLE, _MOST_GROUPS, _MOST_NODES = 12, 400, 60_000
Group = list[markup.Element]


def groups(document: Document) -> list[Group]:
    """Elements of one tag with a class in common, or without classes at the same place in the tree.

    Lines and entries that only breaks keep apart are elements, too: of a copy of the page. So are the items that
    numbered ids tell.
    """
    alike: dict[tuple[str, str], Group] = defaultdict(list)
    tree = with_lines_apart(markup.body(document.tree))
    for number, node in enumerate(tree.iter(*_TAGS)):
        if number > _MOST_NODES:
            break
        names = [name for name in markup.classes(node) if not _STATE_CLASS.search(name)]
        for name in names or [_path(node)]:
            alike[(str(node.tag), name)].append(node)
    distinct = {tuple(id(node) for node in group): group for group in (*items(tree), *alike.values())}
    by_size = sorted(distinct.values(), key=len, reverse=True)
    return [leaves for group in by_size[:_MOST_GROUPS] if (leaves := _leaves(group))]


def sample(group: Group) -> Group:
    """A dozen elements spread over a group."""
    return group[:: max(1, len(group) // _SAMPLE)][: _SAMPLE + 1]


def _path(node: markup.Element) -> str:
    """Where an element without classes stands: its tag's ancestors with theirs, three up."""
    above = [f"{one.tag}.{one.get('class') or ''}" for one, _ in zip(node.iterancestors(), range(3), strict=False)]
    return ">".join(above)


def _leaves(group: Group) -> Group:
    """The elements that hold no other of the group, outside navigation, header and footer."""
    outer = {id(above) for node in group for above in node.iterancestors()}
    return [node for node in group if id(node) not in outer and not markup.within(node, _OUTSIDE)]
