"""The lines of a page from its first to its last, each read in the light of those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.asides import speaks_for_itself, tells_hours
from vitality_lib.schedules.church_nearby import with_church_before, with_church_below
from vitality_lib.schedules.context import Context, Passing
from vitality_lib.schedules.grammar import Draft, read_stretch
from vitality_lib.schedules.headings import is_heading, under
from vitality_lib.schedules.lines import Layout, Line
from vitality_lib.schedules.sentences import sentences
from vitality_lib.schedules.table_rows import is_grid
from vitality_lib.schedules.tables import timed_lines

# A long sentence without one of these states no time and needs no closer look.
_TIMELY = re.compile(
    r"\d|noon|midnight|midday|mediod|medianoche|appointment|appt|request|cita|perpetual|perpetua|clock|before|after"
    r"|prior|following|antes|despu|day and night|daily|\bask\b",
    re.I,
)
_PROSE = 140  # characters from which a line counts as prose


@dataclass(frozen=True)
class LineRead:
    """A line that is no heading, what was known before it, and the services that it states.

    `method` is how it was read: from a `table`, a `list`, `lines`, `prose`, a `pdf` or a `text`.
    """

    line: Line
    context: Context
    drafts: tuple[Draft, ...]
    method: str


def lines_read(page: Layout, start: Context) -> Iterator[LineRead]:
    """Each line that is no heading. A new part of the page begins with what is known at the start."""
    context = start
    region = 0
    for table, group in groupby(page.lines, key=lambda line: line.cell.table if line.cell else 0):
        lines = list(group)
        if table and is_grid(lines):
            context = altered(context, passing=Passing())
            for timed in timed_lines(context, lines):
                yield LineRead(timed.line, timed.context, read_line(timed.line, timed.context)[0], "table")
            continue
        for line, below in zip_longest(lines, lines[1:]):
            if line.region != region:
                context, region = start, line.region
            if is_heading(line):
                context = under(context, line)
                continue
            known = with_church_below(context, below)
            drafts, after = read_line(line, known)
            yield LineRead(line, known, drafts, _method(page, line))
            context = after if known is context else altered(after, church=context.church)
            if not context.told and context.services and not context.days and any(draft.start for draft in drafts):
                context = altered(context, told=True)


def read_line(line: Line, context: Context) -> tuple[tuple[Draft, ...], Context]:
    """The services of a line and the context after it."""
    drafts: list[Draft] = []
    known = context
    for sentence in sentences(line):
        stated: list[Draft] = []
        if len(sentence.text) <= _PROSE or _TIMELY.search(sentence.text):
            reading = read_stretch(sentence.text, sentence.start, known)
            stated = [*reading.drafts]
            if reading.passing is not known.passing:
                known = altered(known, passing=reading.passing)
        if not any(draft.start for draft in stated) and len(sentence.text) < len(line.text):
            known = with_church_before(known, sentence.text)
        drafts += stated
    if not drafts and known.passing.topic and speaks_for_itself(line.text):
        of_hours = tells_hours(line.text) and not known.passing.services
        return (), altered(context, passing=altered(context.passing, hours=of_hours))
    return tuple(drafts), known if known.church == context.church else altered(known, church=context.church)


def _method(page: Layout, line: Line) -> str:
    if page.method != "html":
        return page.method
    if line.item:
        return "list"
    return "prose" if len(line.text) > _PROSE else "lines"
