"""The name of the parish that a card describes: its heading, a labelled name, bold text, a link, a picture's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vitality_lib.directories.parish.address import split_address
from vitality_lib.directories.parish.address_line import ends_with_place
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.names import has_word_of_churches, sounds_like_parish
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.parish.town_names import may_be_either, may_be_town
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card_text import name_in_line
from vitality_lib.directories.pieces.emphasis import is_bold
from vitality_lib.directories.pieces.labels import is_mission
from vitality_lib.directories.pieces.numbered_ids import field_of

_NAME_CLASS = re.compile(r"(?:^|[-_ ])(?:name|title|heading|fn|org)(?:$|[-_ ])", re.I)
_NO_NAME = re.compile(
    r"(?:address|location|phone|tel(?:ephone)?|web ?site|visit(?: us| web ?site)?|e-?mail|pastor|fax|city|"
    r"contact(?: us)?|mass(?: times?)?|directions?|map|details?|(?:learn |read )?more|view(?: \w+)?|"
    r"(?:parish|church|mission)(?: ?/ ?\w+)?(?: names?)?|parishes|town|city ?/ ?town|"
    r"name|state|zip(?: code)?|deanery|vicariate|county|office|rectory|hours|mass schedule|type|status)\W*",
    re.I,
)
_SENTENCE = re.compile(r"[a-z]{4}[.!?] [A-Z]|^(?:[Cc]lick|[Pp]lease|[Cc]all)\b")
_HOUSE = re.compile(r"\b\d+ [A-Z]|\bbox \d", re.I)
_LABELS = frozenset(Field) - {Field.NAME, Field.CITY, Field.STATE}  # `Kansas City` and `Old State` may be names
_TOWN_AND_REST = re.compile(r"(?:\s*[:–—|]\s*|\s+-\s+|,\s+)(?P<rest>\S.*)")
_LABELLED, _LINKED, _MOST_LABELS = 2, 4, 12  # ranks of what may be the name: the lower the surer


def name_of(elements: Iterable[markup.Element], lines: Sequence[str]) -> str:
    """The name in a card: its heading, else an element with a class for names, else what is labelled so, else bold text
    or a link in its first line, else the start of that line, else what a picture shows; empty when there is none.

    A heading without a church's word gives way to a name of a church below it, and so does a town at the start of the
    first line, or all of it, to the church after it.
    """
    nodes = list(elements)
    called = _first_name(nodes, lines)
    return _after_town(called, nodes, lines) or called


def _first_name(nodes: Sequence[markup.Element], lines: Sequence[str]) -> str:
    first = lines[0] if lines else ""
    found = _ranked(nodes, first)
    if (said := _labelled(lines)) and (found.keys().isdisjoint({0, 1}) or sounds_like_parish(said)):
        found[_LABELLED] = said
    ranks = sorted(found)
    if ranks:
        surest = found[ranks[0]]
        better = (found[rank] for rank in ranks[1:] if names_a_church(found[rank]))
        return surest if has_word_of_churches(surest) else next(better, surest)
    start = name_in_line(first)
    if can_be_name(start):
        return start
    shown = (str(node.get("alt") or "").strip() for node in nodes if node.tag == "img")
    return next((text for text in shown if names_a_church(text)), "")


def can_be_name(text: str) -> bool:
    return (
        1 < len(text) <= 150
        and not _NO_NAME.fullmatch(text)
        and (field_named(text) not in _LABELS or has_word_of_churches(text))
        and bool(re.search(r"[^\W\d]{2}", text))
        and not re.search(r"@|www\.|https?:", text)
        and not _SENTENCE.search(text)
        and not looks_like_street(text)
    )


def names_a_church(text: str) -> bool:
    """Whether a text is a church's name, and no address that has one in it: `St. Odo Chapel, 12 Elm St.`"""
    return can_be_name(text) and sounds_like_parish(text) and not ends_with_place(text) and not _HOUSE.search(text)


def _ranked(nodes: Iterable[markup.Element], first: str) -> dict[int, str]:
    """The first text of each rank that can be a name."""
    found: dict[int, str] = {}
    for node in nodes:
        rank = _rank(node)
        if rank is not None and rank not in found:
            text = markup.text(node).strip(" :,-–|")
            if can_be_name(text) and (rank < _LABELLED or text in first):
                found[rank] = text
    return found


def _rank(node: markup.Element) -> int | None:
    if markup.heading_level(node) or node.tag == "summary":
        return 0
    named = _NAME_CLASS.search(f"{node.get('class') or ''} {node.get('itemprop') or ''}")
    if (named or field_of(node.get("id") or "") is Field.NAME) and len(node) <= 3:
        return 1
    if node.tag == "dt" or is_bold(node):
        return _LABELLED + 1
    return _LINKED if node.tag == "a" and node.get("href") else None


def _after_town(town: str, nodes: Sequence[markup.Element], lines: Sequence[str]) -> str:
    """The church after a town at the start of the first line (`**Kersey**: St. Boniface Parish`) or alone on it; empty
    when there is none, or when the first is a church by its name (`St. Ann`) and nothing says that it is a town.
    """
    if not lines or not lines[0].startswith(town) or not may_be_town(town):
        return ""
    beside = _TOWN_AND_REST.fullmatch(lines[0][len(town) :])
    line = beside["rest"] if beside else lines[1] if lines[0] == town and len(lines) > 1 else ""
    is_city = _is_city(town, lines)
    if may_be_either(town) and not is_city and not lines[0].startswith(f"{town}:"):
        return ""
    shown = (markup.text(node).strip(" :,-–|") for node in nodes if (_rank(node) or 0) > _LABELLED)
    seen = next((text for text in shown if text and line.startswith(text) and can_be_name(text)), "")
    if is_city and has_word_of_churches(seen):
        return seen
    said = seen or name_in_line(line)
    plainly = lines[0].startswith(f"{town}:") or (beside and not may_be_either(said))
    return said if names_a_church(said) and (plainly or seen or is_city) else ""


def _is_city(town: str, lines: Sequence[str]) -> bool:
    """Whether an address below says that a town is one."""
    places = (split_address(line).city for line in lines[1:_MOST_LABELS] if ends_with_place(line))
    return any(city.casefold() == town.casefold() for city in places if city)


def _labelled(lines: Sequence[str]) -> str:
    """What stands after `Name:`, `Parish:` or under `Parish Name`; empty when nothing does."""
    for number, (line, after) in enumerate(zip(lines[:_MOST_LABELS], [*lines[1:], ""], strict=False)):
        label, colon, value = line.partition(":")
        another = number and is_mission(label)
        if len(label) < 30 and field_named(label) is Field.NAME and not another:
            said = value.strip() if colon and value.strip() else after
            if can_be_name(said) and ":" not in said:
                return said
    return ""
