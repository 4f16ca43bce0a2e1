"""Links of a parish's page that probably lead to its times of Mass, confession and adoration, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import html

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, same_site
from vitality_lib.models import Candidate

_MOST_LINKS = 3000
_MOST_CANDIDATES = 12

# What a label or a path says, the surest first; only the first that matches counts. English and Spanish.
_LABELS = tuple(
    (score, re.compile(pattern, re.I))
    for score, pattern in (
        (10.0, r"mass(?:es)?\W{1,3}(?:and |& |, )?(?:\w+ ){0,3}(?:times?|schedules?|hours|timings)|(?:times?|schedules?) (?:of|for) (?:the )?mass|horarios?.{0,12}\bmisas?|mass(?:es)? (?:&|and) (?:confessions?|reconciliation|adoration)"),
        (9.0, r"(?:worship|liturgy|liturgical|sacrament|service|weekend|weekly|daily|sunday)s? (?:times?|schedules?)|schedule of (?:services|masses)|mass(?:es)? info(?:rmation)?"),
        (8.5, r"^\W*(?:mass(?:es)?|misas?|the mass|holy mass|daily mass|sunday mass)\W*$"),
        (8.0, r"(?:confessions?|reconciliation|penance|adoration) (?:times?|schedules?|hours)|^\W*(?:confessions?|reconciliation|confesi[oó]n(?:es)?|reconciliaci[oó]n|(?:eucharistic |perpetual )?adoration|adoraci[oó]n)\W*$|sacrament of (?:reconciliation|penance)"),
        (6.0, r"^\W*(?:schedules?|our schedule|times|horarios?|worship|worship with us|join us|liturgy|services)\W*$"),
        (4.0, r"\b(?:mass|misas?|confessions?|reconciliation|adoration|adoraci[oó]n)\b"),
        (3.0, r"^\W*(?:i'?m new|new here|visit(?:ors?)?(?: us)?|plan (?:your|a) visit|sacraments|sacramentos|worship|about(?: us)?|parish info(?:rmation)?|prayer|liturgy (?:&|and) (?:prayer|worship)|welcome)\W*$"),
        (2.5, r"^\W*(?:contact(?: us)?|contacto|location|find us|holy days?)\W*$"),
    )
)  # fmt: skip
_PATHS = tuple(
    (score, re.compile(pattern, re.I))
    for score, pattern in (
        (5.0, r"mass-?_?(?:and-confession-?)?_?(?:times?|schedules?|hours)|horarios?-?(?:de-?)?(?:las-?)?misas?|(?:worship|liturgy|service)-?_?(?:times?|schedules?)"),
        (3.5, r"/(?:mass(?:es)?|misas?|confessions?|reconciliation|adoration|schedules?|horarios?)(?:[-_/.]|$)"),
    )
)  # fmt: skip
_TRAPS = tuple(
    (why, weight, re.compile(pattern, re.I))
    for why, weight, pattern in (
        ("intentions and readings", 8.0, r"intention|reading|offering|\bcards?\b|stipend|request|livestream|live stream|\bwatch\b|video|recorded|homil|archive|music|\bsongs?\b|guidelines|bulletin|bolet[ií]n"),
        ("ministers", 6.0, r"server|lector|usher|minister|volunteer|sacristan|choir|coordinator|rota|roster|greeters"),
        ("lessons and forms", 6.0, r"first (?:communion|reconciliation|confession)|preparation|class|educat|formation|\bforms?\b|registration|how to|guide to|explained|what is|examination"),
        ("news or an event", 6.0, r"/20\d\d[/-]|/events?/|news|blog|calendar|christmas|easter|holy week|funeral|wedding|quince"),
        ("elsewhere", 4.0, r"other parishes|diocesan|finder|masstimes\.org|nearby"),
    )
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
    signals = [*_matching(_LABELS, label, f"label {label!r}"), *_matching(_PATHS, path, f"path {path!r}")]
    if not signals:
        return None
    for why, weight, words in _TRAPS:
        if words.search(label) or words.search(path):
            signals.append((-weight, why))
    if path.lower().endswith(".pdf"):
        signals.append((-4.0, "a PDF"))
    score = round(sum(weight for weight, _ in signals), 2)
    return Candidate(url, label, score, tuple(f"{why} {weight:+g}" for weight, why in signals)) if score > 0 else None


def _matching(patterns: tuple[tuple[float, re.Pattern[str]], ...], text: str, why: str) -> Iterator[tuple[float, str]]:
    score = next((score for score, pattern in patterns if pattern.search(text)), None)
    if score is not None:
        yield score, why
