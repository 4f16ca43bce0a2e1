"""The services that a page states, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from lxml import html

from vitality_lib.document import Document, Kind
from vitality_lib.models import (
    Day,
    Evidence,
    Purpose,
    Reason,
    Recurrence,
    Request,
    ScheduleReading,
    Service,
    ServiceType,
)
from vitality_lib.schedules.context import Context, Passing
from vitality_lib.schedules.grammar import Draft, read_stretch
from vitality_lib.schedules.headings import is_heading, under
from vitality_lib.schedules.layout import layout
from vitality_lib.schedules.lines import Layout, Line
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.links import schedule_links
from vitality_lib.schedules.merge import merge
from vitality_lib.schedules.tables import cells_under, is_grid

_TIMELY = re.compile(
    r"\d|noon|midnight|midday|mediod|medianoche|appointment|appt|request|cita|perpetual|perpetua|clock|before|after|prior|following|antes|despu"
    r"|day and night",
    re.I,
)
_GOES_ON = (
    r"(?!Mass|Misa|Sun|Mon|Tue|Wed|Thu|Fri|Sat|Eng|Span|Vig|Lat|Confes|Recon|Ador|Ros|Holy|Dom|Lun|Mart|Mi[eé]|Jue|Vie"
    r"|S[aá]b|Biling|Ingl|Esp|Viet|Pol|Port|Every|Each|First|Second|Third|Fourth|Last|Daily|Week|St\.|Saint|Church|Chapel)"
)
_SENTENCE = re.compile(
    r"(?<![ap]\.m)(?<![ap]m)(?<!\b[A-Za-z])(?<!\bSt)(?<!\bSts)(?<!\bFr)(?<!\bMsgr)(?<!\bDr)(?<!\bMt)(?<!\bNo)"
    r"(?<!\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat|Dec|Nov|Oct|Aug|Jan|Feb|Mar|Apr))(?<!\b(?:Tues|Sept|Thur))(?<!\bThurs)"
    r"[.!?]\s+(?=[A-Z\u00c0-\u00de\u00a1\u00bf\"\u201c(\d])"
    rf"|(?<=[ap]m)\.\s+{_GOES_ON}(?=[A-Z\u00c0-\u00de][a-z]{{1}})|(?<=[ap]\.m)\.\s+{_GOES_ON}(?=[A-Z\u00c0-\u00de][a-z])"
)
_PROSE = 140  # characters from which a line counts as prose
_SPANISH = re.compile(
    r"\b(?:misas?|horarios?|domingos?|parroquia|iglesia|confesiones|los|las|para|con|nuestra|se\u00f1or|santo|todos)\b",
    re.I,
)
_ENGLISH = re.compile(r"\b(?:the|and|of|masses|mass|our|for|with|church|parish|sunday|is|are)\b", re.I)
_ANNOUNCES = re.compile(
    r"mass(?:es)?[\s_%20-]*(?:times?|schedules?)|horarios?[\s_-]*(?:de)?[\s_-]*misas?|(?:worship|liturgy|confession)[\s_-]*(?:times|schedule)",
    re.I,
)
_ABOUT = (
    (
        re.compile(
            r"\bmass(?:es)?\b.{0,20}\b(?:times?|schedules?|timings)\b|horarios?.{0,12}misas?|^\W*mass(?:es)?\W*$|^\W*misas?\W*$|(?:worship|service|liturgy)[\s_-]*(?:times|schedule)",
            re.I,
        ),
        ServiceType.MASS,
    ),
    (
        re.compile(r"\b(?:confessions?|reconciliation|penance|confesi[oó]n(?:es)?|reconciliaci[oó]n)\b", re.I),
        ServiceType.CONFESSION,
    ),
    (re.compile(r"\badoration\b|adoraci[oó]n", re.I), ServiceType.ADORATION),
)
_MENTIONS = {
    ServiceType.MASS: re.compile(r"\bmass(?:es)?\b|\bmisas?\b|\blitur?gy\b", re.I),
    ServiceType.CONFESSION: re.compile(
        r"\bconfessions?\b|\breconciliation\b|\bpenance\b|\bconfesi[oó]n(?:es)?\b", re.I
    ),
    ServiceType.ADORATION: re.compile(r"\badoration\b|\bexposition\b|\badoraci[oó]n\b", re.I),
}


def read_services(document: Document) -> ScheduleReading:
    """Everything a page says of Masses, confessions, adoration and other devotions that recur.

    A page that only announces times and keeps them in a PDF or an image has `elsewhere` set; `next` are the links
    that probably lead to more.
    """
    page = layout(document)
    language = _language_of(document, page.text)
    drafts = _drafts(page, Context(presumed=_presumed(document, page.text)))
    services = [_service(draft, method, language, document, page) for draft, method in drafts]
    merged = merge([tuple(one for one in services if one is not None)])
    if document.kind is not Kind.HTML:
        return ScheduleReading(merged)
    following = tuple(
        Request(link.url, Purpose.SCHEDULE, why=", ".join(link.reasons)) for link in schedule_links(document)
    )
    return ScheduleReading(merged, following, None if merged else _elsewhere(document))


# --- from lines to drafts


def _presumed(document: Document, text: str) -> tuple[ServiceType, ...]:
    """What a page is about by its title, its address, or because it speaks of one service only.

    `Mass Times` at the top of a page is not always said again below.
    """
    title = (document.tree.findtext(".//title") or "") if document.kind is Kind.HTML else ""
    for name in (title.split("|")[0].split(" - ")[0], document.page.url.rstrip("/").rpartition("/")[2]):
        for words, kind in _ABOUT:
            if words.search(name[:200]):
                return (kind,)
    mentions = {kind: len(words.findall(text[:20_000])) for kind, words in _MENTIONS.items()}
    spoken_of = [kind for kind, times in mentions.items() if times]
    return (spoken_of[0],) if len(spoken_of) == 1 and mentions[spoken_of[0]] > 1 else ()


def _drafts(page: Layout, start: Context) -> Iterator[tuple[Draft, str]]:
    context = start
    region = 0
    for table, group in groupby(page.lines, key=lambda line: line.cell.table if line.cell else 0):
        lines = list(group)
        if table and is_grid(lines):
            context = replace(context, passing=Passing())
            for cell_context, line in cells_under(context, lines):
                for draft in _read_line(line, cell_context)[0]:
                    yield draft, "table"
            continue
        for line in lines:
            if line.region != region:
                context, region = start, line.region
            if is_heading(line):
                context = under(context, line)
                continue
            drafts, context = _read_line(line, context)
            for draft in drafts:
                yield draft, _method(page, line)


def _read_line(line: Line, context: Context) -> tuple[list[Draft], Context]:
    drafts: list[Draft] = []
    for text, offset in _stretches(line):
        if not _TIMELY.search(text) and len(text) > _PROSE:
            continue
        found, passing = read_stretch(text, offset, context)
        drafts += found
        context = replace(context, passing=passing)
    return drafts, context


def _stretches(line: Line) -> Iterator[tuple[str, int]]:
    """A line in sentences; what is longer than any sentence is cut, for nothing good is that long."""
    at = 0
    for match in _SENTENCE.finditer(line.text):
        yield line.text[at : match.end()].rstrip(), line.start + at
        at = match.end()
    if at < len(line.text):
        yield line.text[at:], line.start + at


def _method(page: Layout, line: Line) -> str:
    if page.method != "html":
        return page.method
    if line.item:
        return "list"
    return "prose" if len(line.text) > _PROSE else "lines"


# --- from drafts to services


def _service(draft: Draft, method: str, language: str, document: Document, page: Layout) -> Service | None:
    days = tuple(day for day in draft.when.days if day not in draft.without)
    if draft.start and not days:
        return None
    start, end = draft.at
    evidence = Evidence(
        document.page.sha256, document.page.url, page.text[start:end], start, end, method, draft.confidence
    )
    return Service(
        draft.kind,
        Recurrence(_in_order(days), draft.when.ordinals, draft.season),
        draft.start,
        draft.end,
        draft.language or language,
        draft.church,
        draft.vigil,
        draft.note,
        (evidence,),
    )


def _in_order(days: tuple[Day, ...]) -> tuple[Day, ...]:
    order = (*WEEK, Day.HOLYDAY, Day.HOLYDAY_EVE)
    return tuple(day for day in order if day in days)


def _language_of(document: Document, text: str) -> str:
    """`es` for a page written in Spanish, else `en`: what its services are held in when nothing is said."""
    sample = text[:20_000]
    spanish, english = len(_SPANISH.findall(sample)), len(_ENGLISH.findall(sample))
    return "es" if spanish > english else "en"


# --- pages that keep their times elsewhere


def _elsewhere(document: Document) -> Reason | None:
    tree: html.HtmlElement = document.tree
    for link in tree.iter("a"):
        address = (link.get("href") or "").split("?")[0].split("#")[0]
        if address.lower().endswith(".pdf") and _ANNOUNCES.search(f"{link.text_content()[:200]} {address}"):
            return Reason.ONLY_IN_PDF
    for image in tree.iter("img"):
        if _ANNOUNCES.search(f"{image.get('alt', '')} {image.get('title', '')} {image.get('src', '')[:300]}"):
            return Reason.ONLY_IN_IMAGE
    return None
