"""A page whose list comes by a JSON call of its own scripts (AngularJS 1, Vue, Alpine, jQuery, DataTables): the call.

Where the page itself makes none, up to two of the site's own scripts are asked for and searched. The page must be about
parishes and have an empty place for them. Surer than a browser, and cheaper.
"""

from __future__ import annotations

import re

from vitality_lib.directories.browser_map import is_unfilled
from vitality_lib.directories.crawling.subject import is_about_parishes
from vitality_lib.directories.inline_data import is_script
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, same_site, split
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_CALL = re.compile(
    r"(?:\$http(?:\.get|\.post|\.jsonp)?|getJSON|(?:\$|jQuery|axios|http|\$resource)(?:\.get|\.post|\.ajax)|fetch|"
    r"d3\.json|axios|\$resource|\.load(?:GeoJson)?|\.open)\s*\(\s*(?:[\"']GET[\"']\s*,\s*)?"
    r"(?:\{(?:[^{}]{0,200}?[\s,{])?url\s*:\s*)?[\"'`]([^\"'`\s<>]{2,300})[\"'`]\s*(?=[,)}\r\n]|\+\s*(?:new )?Date)|"
    r"\b(?:sAjaxSource|ajax|url|dataUrl|data_url|apiUrl|api_url|endpoint|feed)[\"']?\s*[:=]\s*(?:\{\s*[\"']?url[\"']?\s*:\s*)?"
    r"[\"'`]([^\"'`\s<>]{2,300})[\"'`]|"
    r"\sdata-(?:url|source|src|api|endpoint|json|feed|ajax|remote|href|api-url|json-url|data-url|ajax-url|feed-url)"
    r"\s*=\s*[\"']([^\"'<>]{2,300})[\"']"
)
_DATA = re.compile(r"parish|church|location|director|place|marker|store|listing|parroqui|iglesia|points", re.I)
_JSON = re.compile(r"json|/api/|ajax|\.ashx|\.asmx|\.svc|rest|graphql|feed|data|get|/_?api\b|load|list|search", re.I)
_NEVER = re.compile(
    r"\.(?:html?|js|css|png|jpe?g|gif|svg|webp|pdf|woff2?|mp4|ics)(?:$|\?)|login|cart|analytics|subscribe|newsletter|"
    r"contact|captcha|weather|twitter|facebook|instagram|googleapis|youtube|translate|cookie|consent|school|cemeter|\$\{",
    re.I,
)
_VENDOR = re.compile(
    r"jquery|bootstrap|angular|vue(?:\.|-)|react|polyfill|modernizr|wp-includes|/plugins/|gtm|gtag|analytics|slick|swiper|"
    r"font-?awesome|lodash|moment|popper|maps/api|leaflet|datatables|recaptcha|cookie|consent|addthis|share|foundation|"
    r"lightbox|vendor|knockout|d3\.|webfont|loader|runtime|owl\.|gsap|aos\b|typekit|mapbox",
    re.I,
)
_MOST, _MOST_SCRIPTS, _MOST_TEXT = 3, 2, 3_000_000


def recognise(document: Document) -> float:
    if document.page.route == "browser" or document.kind not in {Kind.HTML, Kind.TEXT}:
        return 0.0
    if is_script(document):
        return 0.45 if _calls(document) else 0.0
    if document.kind is not Kind.HTML or not is_about_parishes(document) or not is_unfilled(document):
        return 0.0
    return 0.45 if _calls(document) else 0.36 if _scripts(document) else 0.0


def read(document: Document) -> DirectoryReading:
    calls = _calls(document)
    if calls or is_script(document):
        asks = tuple(Request(url, Purpose.FEED, why="a script of the page asks for it") for url in calls)
    else:
        asks = tuple(Request(url, Purpose.FEED, why="the list is filled by this script") for url in _scripts(document))
    return DirectoryReading("json_call", Route.FEED, next=asks)


def _calls(document: Document) -> list[str]:
    """The addresses that the scripts ask for data, those that speak of parishes first."""
    found: dict[str, int] = {}
    for match in _CALL.finditer(document.text[:_MOST_TEXT]):
        said = next(group for group in match.groups() if group).replace("\\/", "/").replace("&amp;", "&")
        if _NEVER.search(said) or not (_DATA.search(said) or _JSON.search(said)):
            continue
        for url in _joined(said, document):
            found.setdefault(url, 2 * bool(_DATA.search(said.partition("?")[0])) + bool(_JSON.search(said)))
    best = max(found.values(), default=0)
    return [url for url, rank in sorted(found.items(), key=lambda one: -one[1]) if rank >= min(best, 2)][:_MOST]


def _joined(said: str, document: Document) -> list[str]:
    """A relative address of a script is joined to the page that runs it: taken to be the site's root, or the folder
    that holds the scripts' own.
    """
    if not is_script(document):
        base = next((str(node.get("href")) for node in document.tree.iter("base") if node.get("href")), "")
        bases = [absolute(base, document.url) or document.url]
    else:
        bases = [absolute(up, document.url) or "" for up in ("/", "..")]
    urls = (absolute(said, base) for base in bases)
    return [url for url in dict.fromkeys(urls) if url and url != document.url]


def _scripts(document: Document) -> list[str]:
    """The site's own scripts that may make the call, those named for it first; the last in a page are its own."""
    sources = [str(node.get("src")).strip() for node in document.tree.iter("script") if node.get("src")]
    urls = [absolute(source, document.url) for source in sources if not _VENDOR.search(source)]
    own = [url for url in dict.fromkeys(urls) if url and same_site(url, document.url)]
    named = re.compile(r"parish|church|locat|finder|director|map|marker|app|main|data", re.I)
    own.reverse()
    return sorted(own, key=lambda url: not named.search(split(url).path))[:_MOST_SCRIPTS]
