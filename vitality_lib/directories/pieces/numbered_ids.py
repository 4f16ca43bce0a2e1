"""Ids that ASP.NET numbers: what a DataList, Repeater or ListView of Web Forms repeats for each of its items.

`DataList1_ctl03_lblName` and `DataList1_lblName_3` are the part `lblName` of item 3 of `DataList1`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from copy import deepcopy
from functools import lru_cache
from itertools import zip_longest
from typing import TypeAlias

from lxml import html

from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.pieces import markup

_ID = re.compile(
    r"(?P<list>.+)_(?:ctl(?P<number>\d{1,4})_(?P<part>[a-z]\w*)|(?P<part2>[a-z]\w*)_(?P<number2>\d{1,4}))", re.I
)
_CONTROL = re.compile(
    r"^(?:lbl|lit|ltl|txt|hl|hlk|hyp|lnk|lb|label|link|hyperlink|literal)_?(?=[A-Z])|_?(?:Label|HyperLink|Link|Literal)$"
)
_LONGEST, _MOST_ITEMS, _LEAST_PARTS = 200, 3000, 2
_Item: TypeAlias = tuple[str, int]
_Tops: TypeAlias = list[markup.Element]  # the elements of one item, side by side
_MANY: _Item = ("", 0)  # an element that holds parts of several items


@lru_cache(maxsize=4096)
def field_of(identifier: str) -> Field | None:
    """The field that a numbered id names: `DataList1_ctl03_lblCity` is the city."""
    match = _ID.fullmatch(identifier) if len(identifier) <= _LONGEST else None
    return field_named(_CONTROL.sub("", match["part"] or match["part2"])) if match else None


def items(tree: markup.Element) -> list[list[markup.Element]]:
    """For each numbered list of a page its items: the widest element around the parts of one item alone. Of a copy of
    the page where items stand side by side in one element: each is put in one of its own.
    """
    lists = _lists(tree)
    if any(len(tops) > 1 for of_items in lists for tops in of_items):
        lists = _lists(deepcopy(tree))
        for of_items in lists:
            beyond = 0
            for tops, after in zip_longest(of_items, of_items[1:]):
                beyond = _put_together(tops, after[0] if after else None, beyond)
    return [[tops[0] for tops in of_items] for of_items in lists if len(of_items) > 1]


def _lists(tree: markup.Element) -> list[list[_Tops]]:
    lists: dict[str, list[_Tops]] = defaultdict(list)
    for (name, _), tops in _items(tree).items():
        lists[name].append(tops)
    return list(lists.values())


def _items(tree: markup.Element) -> dict[_Item, _Tops]:
    """The elements that hold parts of one item alone and stand in one that holds parts of others."""
    parts: dict[_Item, list[markup.Element]] = defaultdict(list)
    for node in markup.found(tree, ".//*[contains(@id, '_')]"):
        match = _ID.fullmatch(str(node.get("id"))[:_LONGEST])
        if match:
            parts[match["list"], int(match["number"] or match["number2"])].append(node)
    told = dict([(item, nodes) for item, nodes in parts.items() if len(nodes) >= _LEAST_PARTS][:_MOST_ITEMS])
    owners: dict[markup.Element, _Item] = {}
    for item, nodes in told.items():
        for node in nodes:
            for above in (node, *node.iterancestors()):
                if owners.setdefault(above, item) == _MANY:
                    break
                owners[above] = item if owners[above] == item else _MANY
    return {item: list(dict.fromkeys(_top(node, item, owners) for node in nodes)) for item, nodes in told.items()}


def _top(node: markup.Element, item: _Item, owners: dict[markup.Element, _Item]) -> markup.Element:
    while (above := node.getparent()) is not None and owners.get(above) == item:
        node = above
    return node


def _put_together(tops: _Tops, after: markup.Element | None, beyond: int) -> int:
    """Put an item's elements and what follows them, up to the next item, in an element of their own: the only one of
    `tops` then. After the last item it is as many elements `beyond` its parts as after the one before, and so returned.
    """
    above = tops[0].getparent()
    if len(tops) == 1 or above is None or any(top.getparent() is not above for top in tops):
        return 0
    if after is not None and after.getparent() is not above:
        after, beyond = None, 0
    inside, ended = [tops[0]], -1  # how many elements its last part is behind us
    for node in tops[0].itersiblings():
        ended += ended >= 0 or node is tops[-1]
        if node is after or (after is None and ended > beyond):
            break
        inside.append(node)
    own = html.Element("div")
    tops[0].addprevious(own)
    own.extend(inside)
    own.tail, inside[-1].tail = inside[-1].tail, None
    tops[:] = [own]
    return max(0, ended - 1)
