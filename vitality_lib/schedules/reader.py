"""The services that a page states, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vitality_lib.document import Document, Kind
from vitality_lib.models import Evidence, Purpose, Recurrence, Request, ScheduleReading, Service, ServiceType
from vitality_lib.schedules.about import kept_elsewhere, written_in
from vitality_lib.schedules.context import Context
from vitality_lib.schedules.dated_rules import recurrence
from vitality_lib.schedules.grammar import Draft
from vitality_lib.schedules.layout import layout
from vitality_lib.schedules.lines import Layout
from vitality_lib.schedules.links import schedule_links
from vitality_lib.schedules.merge import merge
from vitality_lib.schedules.own_church import without_own_church
from vitality_lib.schedules.walk import LineRead, lines_read
from vitality_lib.schedules.whole_page import masses_in, whole


def read_services(document: Document) -> ScheduleReading:
    """Everything a page says of Masses, confessions, adoration and other devotions that recur.

    A page that only announces times and keeps them in a PDF or an image has `elsewhere` set; `next` are the links
    that probably lead to more.
    """
    page = layout(document)
    known = whole(document, page.text)
    written = tuple(Writer(document, page, known.bilingual).services(lines_read(page, Context(whole=known))))
    services = without_own_church(merge([written]), document, page.text)
    if document.kind is not Kind.HTML:
        return ScheduleReading(services)
    following = tuple(
        Request(link.url, Purpose.SCHEDULE, why=", ".join(link.reasons)) for link in schedule_links(document)
    )
    return ScheduleReading(services, following, None if services else kept_elsewhere(document))


class Writer:
    """Writes drafts of one page down as services, each with its evidence."""

    def __init__(self, document: Document, page: Layout, bilingual: str) -> None:
        """`bilingual` is what that word means on the page, such as `en/es`."""
        self._source = document
        self._text = page.text
        self._language = written_in(page.text)
        self._bilingual = bilingual
        self._masses = masses_in(page.text)
        self._fetched = document.page.fetched_at.date() if document.page.fetched_at else None

    def services(self, reads: Iterable[LineRead]) -> Iterator[Service]:
        """The services of lines, but for those with a time that say no day."""
        for read in reads:
            for draft in read.drafts:
                rule = recurrence(draft, self._fetched)
                if rule.says_when or not draft.start:
                    yield self._service(draft, rule, read.method)

    def _service(self, draft: Draft, rule: Recurrence, method: str) -> Service:
        return Service(
            draft.kind,
            rule,
            draft.start,
            draft.end,
            self._spoken(draft),
            draft.church,
            draft.vigil,
            draft.note,
            (self._evidence(draft, method),),
            _nights(draft),
            draft.streamed,
        )

    def _spoken(self, draft: Draft) -> str:
        """What a service is held in: said of it, of all Masses of the page, or the language of the page."""
        of_all = self._masses if draft.kind is ServiceType.MASS else None
        language = draft.language or of_all or self._language
        return self._bilingual if language == "en/es" else language

    def _evidence(self, draft: Draft, method: str) -> Evidence:
        start, end = draft.at
        quote = self._text[start:end]
        return Evidence(self._source.page.sha256, self._source.url, quote, start, end, method, draft.confidence)


def _nights(draft: Draft) -> int:
    """One that ends no later than it begins ends on the next day."""
    overnight = draft.start is not None and draft.end is not None and draft.end <= draft.start
    return draft.nights or int(overnight)
