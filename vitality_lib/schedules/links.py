"""Links of a parish's page that probably lead to its times of Mass, confession and adoration, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from lxml import html

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, same_site
from vitality_lib.models import Candidate
from vitality_lib.schedules.lexicon.pattern import alone, any_of, words

_MOST_LINKS = 3000
_MOST_CANDIDATES = 12


@dataclass(frozen=True)
class _Sign:
    """Words that speak for or against a link; `why` names them where the words themselves do not."""

    weight: float
    pattern: re.Pattern[str]
    why: str = ""


def _sign(weight: float, *alternatives: str, why: str = "") -> _Sign:
    return _Sign(weight, re.compile(any_of(*alternatives), re.I), why)


# What a label or a path says, the surest first; only the first that matches counts. English and Spanish.
_LABELS = (
    _sign(
        10.0,
        r"mass(?:es)?\W{1,3}(?:and |& |, )?(?:\w+ ){0,3}(?:times?|schedules?|hours|timings)",
        r"(?:times?|schedules?) (?:of|for) (?:the )?mass",
        r"horarios?.{0,12}\bmisas?",
        r"mass(?:es)? (?:&|and) (?:confessions?|reconciliation|adoration)",
    ),
    _sign(
        9.0,
        r"(?:worship|liturgy|liturgical|sacrament|service|weekend|weekly|daily|sunday)s? (?:times?|schedules?)",
        r"schedule of (?:services|masses)",
        r"mass(?:es)? info(?:rmation)?",
    ),
    _sign(
        8.5,
        alone("mass(?:es)?", "misas?", "the mass", "holy mass", "daily mass", "sunday mass"),
        alone("(?:holy )?divine (?:liturg(?:y|ies)|services?)"),  # in the Eastern churches
    ),
    _sign(
        8.0,
        r"(?:confessions?|reconciliation|penance|adoration) (?:times?|schedules?|hours)",
        alone("confessions?", "reconciliation", "confesi[oó]n(?:es)?", "reconciliaci[oó]n"),
        alone("(?:eucharistic |perpetual )?adoration", "adoraci[oó]n"),
        r"sacrament of (?:reconciliation|penance)",
    ),
    _sign(
        6.0,
        alone("schedules?", "our schedule", "times", "horarios?"),
        alone("worship", "worship with us", "join us", "liturgy", "services"),
    ),
    _sign(4.0, words("mass", "misas?", "confessions?", "reconciliation", "adoration", "adoraci[oó]n")),
    _sign(
        3.0,
        alone("i'?m new", "new here", "visit(?:ors?)?(?: us)?", "plan (?:your|a) visit", "welcome"),
        alone("sacraments", "sacramentos", "worship", "prayer", "liturgy (?:&|and) (?:prayer|worship)"),
        alone("about(?: us)?", "parish info(?:rmation)?"),
    ),
    _sign(2.5, alone("contact(?: us)?", "contacto", "location", "find us", "holy days?")),
)
_PATHS = (
    _sign(
        5.0,
        r"mass-?_?(?:and-confession-?)?_?(?:times?|schedules?|hours)",
        r"horarios?-?(?:de-?)?(?:las-?)?misas?",
        r"(?:worship|liturgy|service)-?_?(?:times?|schedules?)",
    ),
    _sign(3.5, r"/(?:mass(?:es)?|misas?|confessions?|reconciliation|adoration|schedules?|horarios?)(?:[-_/.]|$)"),
)
# What a link that speaks of Mass often leads to instead of its times; each that matches counts.
_TRAPS = (
    _sign(
        -8.0, "intention", "reading", "offering", r"\bcards?\b", "stipend", "request", "livestream", "live stream",
        r"\bwatch\b", "video", "recorded", "homil", "archive", "music", r"\bsongs?\b", "guidelines", "bulletin",
        "bolet[ií]n", why="intentions, readings or recordings",
    ),
    _sign(
        -6.0, "server", "lector", "usher", "minister", "volunteer", "sacristan", "choir", "coordinator", "rota",
        "roster", "greeters", why="ministers",
    ),
    _sign(
        -6.0, "first (?:communion|reconciliation|confession)", "preparation", "class", "educat", "formation",
        r"\bforms?\b", "registration", "how to", "guide to", "explained", "what is", "examination",
        why="lessons and forms",
    ),
    _sign(
        -6.0, r"/20\d\d[/-]", "/events?/", "news", "blog", "calendar", "christmas", "easter", "holy week", "funeral",
        "wedding", "quince", why="news or an event",
    ),
    _sign(-4.0, "other parishes", "diocesan", "finder", r"masstimes\.org", "nearby", why="elsewhere"),
    _sign(-4.0, r"\.pdf$", why="a PDF"),
)  # fmt: skip
_FILES = re.compile(r"\.(?:docx?|xlsx?|jpe?g|png|gif|webp|zip|mp[34]|ics|pptx?)$", re.I)
# Services that host parts of a parish's own site.
_HOSTED = re.compile(
    r"(?:^|\.)(?:parishesonline|ecatholic|diocesanweb|squarespace|wixsite|weebly|wordpress|docs\.google)\.\w+$", re.I
)


def schedule_links(document: Document) -> tuple[Candidate, ...]:
    """The candidates of a page, best first, at most 12: on the parish's own site or on a page hosted for it.

    A PDF ranks below the pages with the same label: it is read only when nothing else serves.
    """
    if document.kind is not Kind.HTML:
        return ()
    best: dict[str, Candidate] = {}
    base = _base(document)
    for node in _links(document):
        url = absolute(node.get("href"), base)
        if not url or _key(url) == _key(document.url) or _FILES.search(urlsplit(url).path):
            continue
        if document.url and not same_site(url, document.url) and not _HOSTED.search(urlsplit(url).hostname or ""):
            continue
        candidate = _scored(url, _label(node))
        known = best.get(_key(url))
        if candidate and (known is None or candidate.score > known.score):
            best[_key(url)] = candidate
    return tuple(sorted(best.values(), key=lambda one: -one.score)[:_MOST_CANDIDATES])


def _links(document: Document) -> Iterator[html.HtmlElement]:
    for number, node in enumerate(document.tree.iter("a", "area")):
        if number >= _MOST_LINKS:
            return
        yield node


def _base(document: Document) -> str:
    """The address that relative links are joined to: `<base href>` against the page's own (HTML standard, 2.4.3)."""
    named = document.tree.find(".//base[@href]")
    return (absolute(named.get("href"), document.url) if named is not None else None) or document.url


def _label(node: html.HtmlElement) -> str:
    said = str(node.text_content()) or node.get("aria-label") or node.get("title") or ""
    said = said if said.strip() else " ".join(image.get("alt") or "" for image in node.iter("img"))
    return " ".join(said.split())[:120]


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".lower()


def _scored(url: str, label: str) -> Candidate | None:
    path = unquote(urlsplit(url).path)
    signals = [*_first(_LABELS, label, f"label {label!r}"), *_first(_PATHS, path, f"path {path!r}")]
    if not signals:
        return None
    signals += [sign for sign in _TRAPS if sign.pattern.search(label) or sign.pattern.search(path)]
    score = round(sum(sign.weight for sign in signals), 2)
    return (
        Candidate(url, label, score, tuple(f"{sign.why} {sign.weight:+g}" for sign in signals)) if score > 0 else None
    )


def _first(signs: tuple[_Sign, ...], text: str, why: str) -> list[_Sign]:
    """The first sign that a text bears, by the name that `why` gives it."""
    return [replace(sign, why=why) for sign in signs if sign.pattern.search(text)][:1]
