"""Lines of a page that state a time which no service took, though the page itself suggests one for them.

What such a line would give, if it were about that service, is read here, before anybody is asked: a label can take a
reading that stands ready, or leave it. It cannot make one, change one, or touch what was read without it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vitality_lib.document import Document
from vitality_lib.models import Service, ServiceType
from vitality_lib.schedules.context import Context, Passing
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.headings import is_heading
from vitality_lib.schedules.layout import layout
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lines import BOLD_HEADING, Layout, Line
from vitality_lib.schedules.merge import merge
from vitality_lib.schedules.reader import Writer
from vitality_lib.schedules.tokens import scan
from vitality_lib.schedules.walk import LineRead, lines_read, read_line
from vitality_lib.schedules.whole_page import whole

_LONGEST = 400  # characters of a line; in a longer one words may speak of anything
_NEAR = 3  # headings above a line that may speak of it
_SURE = 0.5  # at most, of what was read on the word of a model


@dataclass(frozen=True)
class Doubt:
    """A line as its reader sees it, the nearest heading above, the service that the page suggests for it, and the
    services that it states if it is about that one.
    """

    text: str
    heading: str
    suggested: ServiceType
    services: tuple[Service, ...]


def doubts(document: Document, known: Sequence[Service] = ()) -> tuple[Doubt, ...]:
    """The uncertain lines of a page, each text once; none that would only give what is `known`."""
    page = layout(document)
    about = whole(document, page.text)
    writer = Writer(document, page, about.bilingual)
    headings = _Headings.of(page)
    found: dict[tuple[str, str], Doubt] = {}
    for read in lines_read(page, Context(whole=about)):
        if read.drafts or len(read.line.text) > _LONGEST or not _states_time(read.line):
            continue
        above = headings.above(read.line)
        kind = _suggested(read, above)
        services = without_known(tuple(writer.services([_read_as(read, kind)])), known) if kind else ()
        if kind and services:
            doubt = Doubt(read.line.text, above[0].text if above else "", kind, services)
            found.setdefault((doubt.heading, doubt.text), doubt)
    return tuple(found.values())


def without_known(services: Sequence[Service], known: Sequence[Service]) -> tuple[Service, ...]:
    """The services, each once, but for those of which a known one has the type, the start and a day."""
    return tuple(one for one in merge([tuple(services)]) if not any(_meet(one, other) for other in known))


def _meet(one: Service, other: Service) -> bool:
    if (one.type, one.start) != (other.type, other.start):
        return False
    days, others = one.recurrence, other.recurrence
    shared = set(days.days) & set(others.days) or set(days.month_days) & set(others.month_days)
    return bool(shared) or not days.says_when or not others.says_when


# --- what the page suggests


def _suggested(read: LineRead, above: Sequence[Line]) -> ServiceType | None:
    """The one service that the line names; else the nearest heading that names any; else what the page is about.

    None where several are named at once, or where something else explains the time: offices, classes, a date.
    """
    own = set(_named_in(read.line, read.context))
    if own or read.context.dated:
        return own.pop() if len(own) == 1 and not read.context.dated else None
    if read.context.topic or _speaks_of_something_else(read.line):
        return None
    for heading in above:
        named = set(_named_in(heading, read.context))
        if named or _speaks_of_something_else(heading):
            return named.pop() if len(named) == 1 else None
    presumed = read.context.whole.presumed
    return presumed[0] if presumed else None


def _named_in(line: Line, context: Context) -> Iterator[ServiceType]:
    """The services that a line is about, without those it only mentions: `after Mass`, `no Mass`."""
    stretch = Stretch.of(line.text, context)
    for at in stretch.services:
        if at not in stretch.denied:
            yield from stretch.passage.phrases[at].services


def _speaks_of_something_else(line: Line) -> bool:
    return any(token.kind is Kind.TOPIC for token in scan(line.text))


def _states_time(line: Line) -> bool:
    return any(token.kind is Kind.TIME for token in scan(line.text))


@dataclass(frozen=True)
class _Headings:
    """The headings of a page in order, but for the heads of tables, and where they begin."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, page: Layout) -> _Headings:
        lines = tuple(line for line in page.lines if not line.cell and is_heading(line))
        return cls(lines, tuple(line.start for line in lines))

    def above(self, line: Line) -> list[Line]:
        """The nearest above a line, the nearest first, as far as they are marked or of its own part of the page."""
        at = bisect_left(self.starts, line.start)
        near = reversed(self.lines[max(at - _NEAR, 0) : at])
        return [one for one in near if one.region == line.region or 0 < one.heading < BOLD_HEADING]


# --- what the line would give


def _read_as(read: LineRead, kind: ServiceType) -> LineRead:
    """The line read as one about a service: its words for something else are passed over."""
    passing = Passing(when=read.context.passing.when)
    context = replace(read.context, services=(kind,), topic=False, passing=passing)
    drafts = read_line(_without_topics(read.line), context)[0]
    surely = [replace(draft, confidence=min(draft.confidence, _SURE)) for draft in drafts if draft.kind is kind]
    return replace(read, drafts=tuple(surely), method=f"ai:{read.method}")


def _without_topics(line: Line) -> Line:
    """The line with blanks in place of words for something else, so that all others stand where they stood."""
    text = line.text
    for token in scan(text):
        if token.kind is Kind.TOPIC:
            text = f"{text[: token.start]}{' ' * (token.end - token.start)}{text[token.end :]}"
    return replace(line, text=text)
