"""Labelled facts in the lines of a text: `Phone: ...`, `Deanery: East | Pastor: ...`, a label on a line of its own, a
label in bold and no colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vitality_lib.directories.parish.address_line import ends_with_place
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.contacts import is_another_number

_LABEL = r"[^\W\d][\w .,&/-]{1,30}?"
_LABELLED = re.compile(rf"(?P<label>{_LABEL})\s*:\s*(?P<value>.*)")
_NEXT_LABEL = re.compile(
    rf"\s*[|•·;]\s*(?={_LABEL}\s*:)|(?<=[\d.,)])\s+(?=(?:pastor|administrator|p[áa]rroco|phone|tel|telephone|fax|e-?mail|"
    r"web ?site|deanery)\s*:)",
    re.I,
)  # also `16801. Pastor: Fr. Odo Lark`
_STAND_ALONE = re.compile(
    r"(?:(?:mailing|physical|church|parish|office|street) )?(?:address|phone)|location|city|state|zip(?: code)?|"
    r"telephone|tel\.?|pastor|direcci[óo]n|tel[ée]fono|ciudad|p[áa]rroco|web ?site|e-?mail|deanery|vicariate|"
    r"languages?|status",
    re.I,
)
_SITE = re.compile(
    r"(?:(?:physical|church|parish|worship|mass|main|site|street|located|location|f[íi]sica)\b ?){1,3}(?:at)?", re.I
)
_HOUSE = re.compile(r"(?:(?:parish|church|main|business) )?(?:office|rectory|parish (?:house|center)|oficina)", re.I)
_NOT_PLACED = frozenset({Field.NAME, Field.OTHER})  # labels before an address that say no field: `Church: 12 Elm St`
_DOTTED = frozenset({Field.WEBSITE, Field.EMAIL})  # `Website` alone on a line is a link, mostly, and labels nothing
_EMPHASISED = frozenset({"b", "strong", "span", "label", "em", "i", "u"})


def with_colons(lines: Sequence[str], elements: Iterable[markup.Element]) -> list[str]:
    """The lines of a card, a colon after a label that the markup alone sets off: `<b>Address</b> 12 Elm St`."""
    said = {(node.text or "").strip() for node in elements if node.tag in _EMPHASISED and not len(node)}
    labels = [label for label in said if _STAND_ALONE.fullmatch(label)]
    return [_with_colon(line, labels) for line in lines]


def one_label_each(lines: Iterable[str]) -> list[str]:
    """The lines of a text, those of several labelled facts (`Deanery: East | Pastor: ...`) broken up."""
    return [piece for line in lines for piece in _NEXT_LABEL.split(line) if piece]


def labelled_facts(lines: Sequence[str]) -> tuple[dict[Field, str], list[str]]:
    """Labelled facts, and the lines that may be an address. A label may stand alone on the line before its value.

    The address of an office or a rectory comes after those that are the church's own.
    """
    labelled: dict[Field, str] = {}
    plain: list[str] = []
    houses: list[str] = []
    waiting: Field | None = None
    for number, line in enumerate(lines):
        match = _LABELLED.fullmatch(line)
        named = _named(match["label"], match["value"]) if match else None
        if named and match and not match["value"]:
            waiting = named
            continue
        if _STAND_ALONE.fullmatch(line):
            waiting = field_named(line)
            continue
        awaited = None if waiting is Field.PHONE and is_another_number(line) else waiting
        field, value = (named, match["value"]) if match and named else (awaited, line)
        field = None if field in _DOTTED and ("." not in value or looks_like_street(value)) else field
        waiting = None
        if number and match and is_mission(match["label"]):
            field, value = Field.CHURCHES, "\n".join(filter(None, (labelled.pop(Field.CHURCHES, None), value)))
        if field:
            labelled.setdefault(field, value)
        if field in {None, Field.ADDRESS, Field.STREET, Field.PLACE} or (field in _NOT_PLACED and _is_place(value)):
            (houses if match and named and _HOUSE.fullmatch(match["label"]) else plain).append(value)
    return labelled, [*plain, *houses]


def is_mission(label: str) -> bool:
    """Whether a label says that another church of a parish follows."""
    return bool(re.fullmatch(r"(?:(?:with|and|its) )?missions?(?: church(?:es)?)?", label.strip(), re.I))


def _named(label: str, value: str) -> Field | None:
    """What a label says; one of a building (`Physical`, `Rectory`) says that an address is its address."""
    built = _SITE.fullmatch(label) or _HOUSE.fullmatch(label)
    if built and _is_place(value):
        return Field.ADDRESS
    return field_named(label)


def _is_place(value: str) -> bool:
    return looks_like_street(value) or ends_with_place(value)


def _with_colon(line: str, labels: Iterable[str]) -> str:
    label = next((label for label in labels if line.startswith(f"{label} ")), "")
    rest = line[len(label) :].strip()
    return f"{label}: {rest}" if label and re.match(r"[\w(#+]", rest) else line
