"""A church that stands beside what is read: in brackets below a line, or in the sentence before."""

from __future__ import annotations

import re

from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.context import Context
from vitality_lib.schedules.lexicon.churches import church_name, churches_in, trimmed
from vitality_lib.schedules.lines import Line

_HELD = re.compile(r"\b(?:mass(?:es)?|confessions?|adoration|misas?|confesiones|adoraci[oó]n)\b", re.I)


def with_church_below(context: Context, below: Line | None) -> Context:
    """`Tuesday 8:00 am`, and below it nothing but `(Lower Church)`: the church of that one line."""
    text = below.text if below else ""
    if not (text.startswith("(") and text.endswith(")")):
        return context
    inner = text[1:-1].strip()
    named = [church_name(inner[start:end]) for start, end in churches_in(inner) if trimmed(inner[start:end]) == inner]
    return altered(context, church=named[0]) if named else context


def with_church_before(context: Context, sentence: str) -> Context:
    """`The Lamp Chapel hosts daily Mass.` says where what the next sentences of its paragraph state is held."""
    if context.church is None and _HELD.search(sentence) and (named := churches_in(sentence)):
        start, end = named[-1]
        return altered(context, church=church_name(trimmed(sentence[start:end])))
    return context
