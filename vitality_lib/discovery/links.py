"""Links of a diocese's homepage that may lead to its parish directory, scored by signals, each with its reason.

The labels and traps are those of some 200 real homepages. A score is a sum of signals; below zero a link is no candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from vitality_lib.directories import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, host, same_site
from vitality_lib.models import Candidate

_MOST_LINKS = 5000

# What a label says, the surest first; only the first that matches counts. English and Spanish.
_LABELS = (
    (10.0, r"(?:find|locate|search for)(?: a| your| our| my)?(?: local| catholic| nearby)* (?:parish|parishes|church|churches)(?: near (?:you|me))?"),
    (10.0, r"(?:parish|church|parish & mass|mass & parish|parish and mass)(?:es)? (?:finder|locator|directory|directories|search|map|list|listings?|lookup)"),
    (10.0, r"(?:directory|list|map|listing) of (?:our )?(?:parishes|churches)(?: (?:and|&) (?:missions|churches|schools))?"),
    (10.0, r"(?:encuentre|encuentra|buscar?|busque|localice|hallar)(?: una?| tu| su| la)* (?:parroquia|iglesia)s?(?: cercana)?"),
    (9.5, r"(?:directorio|buscador|localizador|lista|mapa)(?: de(?: las)?)? (?:parroquias|parroquial|iglesias)"),
    (9.0, r"(?:our |all |diocesan |catholic )?parishes(?:(?: (?:and|&) |, )(?:missions|churches|mass times|communities))*"),
    (9.0, r"(?:nuestras |las )?parroquias(?: y (?:misiones|iglesias|horarios(?: de misas?)?))?"),
    (8.5, r"parishes (?:by (?:location|city|name|county|deanery|vicariate|region)|a ?[-–] ?z|listing|near (?:you|me))"),
    (8.5, r"find a(?:\.\.\.|…)? parish|i(?:'|’)?m looking for a parish|alphabetical list(?:ing)?(?: of parishes)?"),
    (8.0, r"parishes (?:and|&) schools|schools (?:and|&) parishes|churches (?:and|&) schools|parroquias y escuelas"),
    (8.0, r"(?:our |all )?churches|(?:nuestras )?iglesias|find a (?:mass|church)|mass (?:finder|locator)|find mass(?: times)?"),
    (6.0, r"(?:parish|church|parishes) (?:information|profiles?|websites?|locations|contacts?|communities)"),
    (5.0, r"parish|parishes .{0,30}|.{0,30} parishes|parroquia"),
    (4.0, r"(?:diocesan |online |catholic )?director(?:y|ies)|directorio(?: diocesano)?|mass times|horarios? de misas?|locations|find us|i want to find|people (?:and|&) places"),
)  # fmt: skip
_LABEL_SCORES = tuple((score, re.compile(pattern, re.I)) for score, pattern in _LABELS)

_PATHS = (
    (6.0, r"/parish-?_?finder\b|/find-?_?a-?_?(?:parish|church)\b|/(?:parish|church)-?_?(?:directory|locator|search|map|list(?:ing)?|finder)\b"),
    (6.0, r"/(?:directorio|buscar?|encuentr[ae])[-_a-z]*parroqui"),
    (5.0, r"/(?:parishes|parroquias|churches)(?:[-_]?(?:map|list|a-z|and-missions|missions|schools))?(?:/index)?(?:\.\w{2,5})?/?$"),
    (3.0, r"/(?:parishes|parroquias|churches)\b|[?&](?:type|post_type)=(?:parish|church)|/find-?parish"),
    (2.0, r"/director(?:y|ies)\b|/directorio\b|parish|parroqui|/mass-?times\b"),
)  # fmt: skip
_PATH_SCORES = tuple((score, re.compile(pattern, re.I)) for score, pattern in _PATHS)

# Traps: what has "parish" in its words and is no directory.
_TRAPS = (
    ("a council", r"council|consejo"),
    ("jobs", r"employment|\bjobs?\b|career|position|vacan|empleo|human resources|\bhr\b"),
    ("schools alone", r"^(?!.*(?:parish|church|parroqu|iglesia)).*\b(?:schools?|escuelas?|education|academ)|find-?_? ?a-?_? ?school|school[-_ ](?:finder|directory|locator)"),
    ("people", r"clergy|\bstaff\b|priests?\b|deacons?\b|chancery|\bbishops?\b|department|personnel|\boffices?\b|sacerdotes|clero|religious|contact us"),
    ("news or an event", r"news|noticias|/blog|/events?\b|calendar|/20\d\d[/-]|press|story|stories|article|podcast|bulletin|\barchives?\b|merg(?:er|ing)|closing|pastoral plan|planning"),
    ("money", r"donat|\bgiving\b|\bgive\b|appeal|stewardship|finance|assessment|tuition|insurance|accounting"),
    ("support of parishes", r"support|services? for|resources?|\bforms?\b|training|leader|ministr|nurse|mission trip|toolkit|handbook|polic|safe environment|renewal|evangeli|life|history|boundar|registration|relationship|sacramental records|twinning|\bcouncil|catechis|secretar|start a|login|log in|portal|intranet"),
    ("cemeteries", r"cemeter|cementerio"),
)  # fmt: skip
_TRAP_WORDS = tuple((why, re.compile(pattern, re.I)) for why, pattern in _TRAPS)

_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|zip|mp[34]|ics|pptx?)$", re.I)
_ELSEWHERE = re.compile(
    r"(?:^|\.)(?:facebook|instagram|twitter|x|youtube|youtu|tiktok|linkedin|flickr|vimeo|google|apple|usccb|vatican|paypal|"
    r"masstimes|eventbrite|amazon|flocknote|givecentral)\.[a-z]{2,3}$",
    re.I,
)
_PLATFORMS = (
    ("eCatholic's parish finder", re.compile(r"/parishfinder\b", re.I)),
    ("a map service", re.compile(r"google\.com/maps/d/|arcgis\.com/|storepoint\.co|maptive\.com", re.I)),
)


@dataclass(frozen=True)
class _Link:
    url: str
    label: str
    place: str  # menu, footer, main, frame, form


def directory_links(document: Document) -> tuple[Candidate, ...]:
    """The candidates of a homepage, best first; each address once, absolute, http or https."""
    if document.kind is not Kind.HTML:
        return ()
    best: dict[str, Candidate] = {}
    for link in _links(document):
        candidate = _score(link, document.url)
        known = best.get(_key(link.url))
        if candidate and (known is None or candidate.score > known.score):
            best[_key(link.url)] = candidate
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def _links(document: Document) -> Iterator[_Link]:
    tree, base = document.tree, _base(document)
    for number, node in enumerate(tree.iter("a", "area", "iframe", "form", "option", "link")):
        if number > _MOST_LINKS:
            return
        target = absolute(_target(node), base)
        if target and not _is_page_itself(target, document.url):
            yield _Link(target, _label(node), _place(node))


def _base(document: Document) -> str:
    """The address that relative links are joined to: `<base href>` against the page's own (HTML standard, 2.4.3)."""
    named = document.tree.find(".//base[@href]")
    return (absolute(named.get("href"), document.url) if named is not None else None) or document.url


def _target(node: markup.Element) -> str | None:
    attribute = {"iframe": "src", "form": "action", "option": "value"}.get(str(node.tag), "href")
    value = node.get(attribute)
    if node.tag == "link" and not re.search(
        r"\b(?:alternate|section|chapter|contents|index)\b", node.get("rel") or "", re.I
    ):
        return None
    if node.tag == "option" and not re.match(r"https?://|/", value or ""):
        return None
    return str(value) if value else None


def _label(node: markup.Element) -> str:
    if node.tag in {"iframe", "form", "link"}:
        said = node.get("title") or node.get("aria-label") or ""
    else:
        images = " ".join(image.get("alt") or "" for image in node.iter("img"))
        said = markup.text(node) or node.get("aria-label") or node.get("title") or images
    return " ".join(said.split())[:120]


def _place(node: markup.Element) -> str:
    if node.tag in {"iframe", "form"}:
        return str(node.tag)
    for above in [node, *node.iterancestors()]:
        name = f"{above.get('id') or ''} {above.get('class') or ''} {above.get('role') or ''}".lower()
        if above.tag == "footer" or "footer" in name:
            return "footer"
        if above.tag in {"nav", "header"} or re.search(r"\b(?:nav|menu|navigation|navbar)", name):
            return "menu"
        if re.search(r"\b(?:news|blog|post|event|carousel|slider)", name) or above.tag == "article":
            return "news"
    return "main"


def _is_page_itself(target: str, page: str) -> bool:
    return bool(page) and _key(target) == _key(page)


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{host(url)}{parts.path.rstrip('/')}?{parts.query}".lower()


def _score(link: _Link, page: str) -> Candidate | None:
    path = unquote(urlsplit(link.url).path + ("?" + urlsplit(link.url).query if urlsplit(link.url).query else ""))
    signals = [*_by_label(link.label), *_by_path(path), *_by_platform(link.url)]
    if sum(weight for weight, _ in signals) <= 0:
        return None
    signals += [*_by_place(link), *_by_domain(link.url, page), *_by_traps(link, path)]
    score = sum(weight for weight, _ in signals)
    if score <= 0:
        return None
    return Candidate(link.url, link.label, round(score, 2), tuple(f"{why} {weight:+g}" for weight, why in signals))


def _by_label(label: str) -> Iterator[tuple[float, str]]:
    bare = re.sub(r"[^\w\s&,'’…-]+|\.(?!\.\.)", " ", label).strip(" -–,…")
    bare = " ".join(bare.split())
    for weight, pattern in _LABEL_SCORES:
        if pattern.fullmatch(bare):
            yield weight, f"label {label!r}"
            return
    for weight, pattern in _LABEL_SCORES[:9]:
        if len(bare) <= 60 and pattern.search(bare):
            yield weight / 2, f"label contains {pattern.search(bare)[0]!r}"  # type: ignore[index]
            return


def _by_path(path: str) -> Iterator[tuple[float, str]]:
    for weight, pattern in _PATH_SCORES:
        match = pattern.search(path)
        if match:
            yield weight, f"path has {match[0]!r}"
            return


def _by_platform(url: str) -> Iterator[tuple[float, str]]:
    for name, pattern in _PLATFORMS:
        if pattern.search(url):
            yield 3.0, f"the address is {name}'s" if not name.endswith("finder") else f"the address is {name}"


def _by_place(link: _Link) -> Iterator[tuple[float, str]]:
    weight = {"menu": 1.5, "main": 0.5, "footer": 0.5, "frame": 1.0, "iframe": 1.0, "form": -1.0, "news": -3.0}[
        link.place
    ]
    yield weight, f"in {'a ' if link.place in {'menu', 'footer', 'form'} else ''}{link.place}"


def _by_domain(url: str, page: str) -> Iterator[tuple[float, str]]:
    if _ELSEWHERE.search(host(url)) and not any(pattern.search(url) for _, pattern in _PLATFORMS):
        yield -20.0, f"{host(url)} is no diocese's directory"
    elif page and same_site(url, page):
        yield 1.0, "same site"
    elif page and (host(url).endswith("." + host(page)) or host(page).endswith("." + host(url))):
        yield 0.8, "sub-domain of the site"


def _by_traps(link: _Link, path: str) -> Iterator[tuple[float, str]]:
    if _FILES.search(path):
        yield -6.0, "a file, not a page"
    if urlsplit(link.url).path in {"", "/"} and not urlsplit(link.url).query:
        yield -6.0, "a homepage"
    label = re.sub(r"\([^)]*\)", " ", link.label)
    for why, pattern in _TRAP_WORDS:
        if pattern.search(label) or pattern.search(path.replace("/", " /")):
            yield -9.0, f"speaks of {why}"
    if len(label) > 60:
        yield -3.0, "a sentence rather than a label"
    if path.rstrip("/").count("-") >= 5:
        yield -4.0, "the address is a headline's"
