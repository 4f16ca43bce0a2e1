"""The services that a page states, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from vitality_lib.document import Document, Kind
from vitality_lib.models import Evidence, Purpose, Request, ScheduleReading, Service, ServiceType
from vitality_lib.schedules.about import kept_elsewhere, written_in
from vitality_lib.schedules.context import Context, Passing
from vitality_lib.schedules.dated_rules import recurrence
from vitality_lib.schedules.grammar import Draft, read_stretch
from vitality_lib.schedules.headings import is_heading, under
from vitality_lib.schedules.layout import layout
from vitality_lib.schedules.lines import Layout, Line
from vitality_lib.schedules.links import schedule_links
from vitality_lib.schedules.merge import merge
from vitality_lib.schedules.own_church import without_own_church
from vitality_lib.schedules.sentences import sentences
from vitality_lib.schedules.tables import is_grid, timed_lines
from vitality_lib.schedules.whole_page import masses_in, whole

# A long sentence without one of these states no time and needs no closer look.
_TIMELY = re.compile(
    r"\d|noon|midnight|midday|mediod|medianoche|appointment|appt|request|cita|perpetual|perpetua|clock|before|after"
    r"|prior|following|antes|despu|day and night",
    re.I,
)
_PROSE = 140  # characters from which a line counts as prose


def read_services(document: Document) -> ScheduleReading:
    """Everything a page says of Masses, confessions, adoration and other devotions that recur.

    A page that only announces times and keeps them in a PDF or an image has `elsewhere` set; `next` are the links
    that probably lead to more.
    """
    page = layout(document)
    known = whole(document, page.text)
    drafts = _drafts(page, Context(whole=known))
    written = tuple(_Writer(document, page, known.bilingual).services(drafts))
    services = without_own_church(merge([written]), document, page.text)
    if document.kind is not Kind.HTML:
        return ScheduleReading(services)
    following = tuple(
        Request(link.url, Purpose.SCHEDULE, why=", ".join(link.reasons)) for link in schedule_links(document)
    )
    return ScheduleReading(services, following, None if services else kept_elsewhere(document))


# --- from lines to drafts


@dataclass(frozen=True)
class _Found:
    """A draft and how it was read: from a `table`, a `list`, `lines`, `prose`, a `pdf` or a `text`."""

    draft: Draft
    method: str


def _drafts(page: Layout, start: Context) -> Iterator[_Found]:
    context = start
    region = 0
    for table, group in groupby(page.lines, key=lambda line: line.cell.table if line.cell else 0):
        lines = list(group)
        if table and is_grid(lines):
            context = replace(context, passing=Passing())
            for timed in timed_lines(context, lines):
                yield from (_Found(draft, "table") for draft in _read_line(timed.line, timed.context)[0])
            continue
        for line in lines:
            if line.region != region:
                context, region = start, line.region
            if is_heading(line):
                context = under(context, line)
                continue
            drafts, context = _read_line(line, context)
            yield from (_Found(draft, _method(page, line)) for draft in drafts)


def _read_line(line: Line, context: Context) -> tuple[list[Draft], Context]:
    """The services of a line and the context after it."""
    drafts: list[Draft] = []
    for sentence in sentences(line):
        if len(sentence.text) > _PROSE and not _TIMELY.search(sentence.text):
            continue
        reading = read_stretch(sentence.text, sentence.start, context)
        drafts += reading.drafts
        context = replace(context, passing=reading.passing)
    return drafts, context


def _method(page: Layout, line: Line) -> str:
    if page.method != "html":
        return page.method
    if line.item:
        return "list"
    return "prose" if len(line.text) > _PROSE else "lines"


# --- from drafts to services


class _Writer:
    """Writes drafts of one page down as services, each with its evidence."""

    def __init__(self, document: Document, page: Layout, bilingual: str) -> None:
        self._source = document
        self._text = page.text
        self._language = written_in(page.text)
        self._bilingual = bilingual
        self._masses = masses_in(page.text)
        self._fetched = document.page.fetched_at.date() if document.page.fetched_at else None

    def services(self, found: Iterator[_Found]) -> Iterator[Service]:
        for one in found:
            draft = one.draft
            rule = recurrence(draft, self._fetched)
            if rule.says_when or not draft.start:
                yield Service(
                    draft.kind,
                    rule,
                    draft.start,
                    draft.end,
                    self._spoken(draft),
                    draft.church,
                    draft.vigil,
                    draft.note,
                    (self._evidence(one),),
                    _nights(draft),
                    draft.streamed,
                )

    def _spoken(self, draft: Draft) -> str:
        """What a service is held in: said of it, of all Masses of the page, or the language of the page."""
        of_all = self._masses if draft.kind is ServiceType.MASS else None
        language = draft.language or of_all or self._language
        return self._bilingual if language == "en/es" else language

    def _evidence(self, found: _Found) -> Evidence:
        start, end = found.draft.at
        quote = self._text[start:end]
        return Evidence(
            self._source.page.sha256, self._source.url, quote, start, end, found.method, found.draft.confidence
        )


def _nights(draft: Draft) -> int:
    """One that ends no later than it begins ends on the next day."""
    overnight = draft.start is not None and draft.end is not None and draft.end <= draft.start
    return draft.nights or int(overnight)
