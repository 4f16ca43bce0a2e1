"""The notation of a service that is tied to another one, as `Service.note` holds it, read into its parts.

`after 08:00 Mass`, `30 minutes before 08:00 and 10:00 Masses`, `before and after Mass`, `during Adoration`,
`between 08:00 and 10:30 Masses`; several are joined by `; `. `schedules.grammar.anchors` writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vitality_lib.models import ServiceType


class Preposition(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    DURING = "during"
    BETWEEN = "between"


@dataclass(frozen=True)
class Relation:
    """How a service lies to others of `service_type`.

    `offset_minutes` is None when the note does not say how long before or after. `times` are the starts of the others
    as the note has them: `08:00`, or `8:00` where the half of the day is not known; none means every one of the day.
    """

    preposition: Preposition
    offset_minutes: int | None = None
    times: tuple[str, ...] = ()
    service_type: ServiceType = ServiceType.MASS


_RELATION = re.compile(r"\b(before (?:and|or) after|before|after|during|between)\b")
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
_OFFSET = re.compile(r"\b(1/2|\d{1,3}|[a-z]+(?:[ -]five)?)(?: ?- ?| )?(an )?(min|hour|hr|hora)\w*\.?(.*)$", re.I)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "un": 1, "una": 1, "half": 0.5, "1/2": 0.5, "media": 0.5, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty five": 45,
}  # fmt: skip
_TYPES = (
    (re.compile(r"mass|misa|liturg|eucharist(?!ic)", re.I), ServiceType.MASS),
    (re.compile(r"confes|reconcil|penance", re.I), ServiceType.CONFESSION),
    (re.compile(r"ador|expos|holy hour|hora santa|benedict|blessed sacrament", re.I), ServiceType.ADORATION),
    (re.compile(r"[^\W\d_]{4}"), ServiceType.OTHER_DEVOTION),
)


def relations_of(note: str | None) -> tuple[Relation, ...]:
    """The relations that a note states, in order; none in a note that speaks of something else."""
    return tuple(relation for clause in (note or "").split(";") for relation in _clause(clause))


def _clause(clause: str) -> list[Relation]:
    match = _RELATION.search(clause)
    if match is None:
        return []
    before, behind = clause[: match.start()].strip(), clause[match.end() :]
    offset = _minutes(before)
    words = _TIME.sub(" ", behind)
    kind = next((kind for pattern, kind in _TYPES if pattern.search(words)), None)
    if kind is None and before and offset is None:
        return []  # `call before 12:00`
    prepositions = [word for word in Preposition if word in match[1].split()]
    return [Relation(one, offset, tuple(_TIME.findall(behind)), kind or ServiceType.MASS) for one in prepositions]


def _minutes(words: str) -> int | None:
    """`30 minutes`, `half an hour`, `an hour and a half`, `media hora`; None when nothing is said."""
    match = _OFFSET.search(words)
    if match is None:
        return None
    count = match[1].lower().replace("-", " ")
    number = float(count) if count.isdigit() else _NUMBERS.get(count)
    if number is None:
        return None
    number += 0.5 if re.search("and a half|y media", match[4]) else 0
    return round(number * (1 if match[3].lower() == "min" else 60))
