"""What a site's own sitemap says of a directory: the addresses of its pages about one parish each (sitemaps.org 0.9).

WordPress keeps a sitemap for each type of posts (`/wp-sitemap-posts-parish-1.xml`, Yoast's `/parish-sitemap.xml`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, same_site, split

USUAL = ("/sitemap.xml", "/wp-sitemap.xml", "/sitemap_index.xml")
_PARISHES = re.compile(r"parish|church(?!-?news)|parroquia|locations?\b|directory", re.I)
_SECTION = re.compile(
    r"(?:[\w-]*-)?(?:parish|parishes|church|churches|parroquias?)(?:-[\w-]*)?|locations?|directory", re.I
)
_OTHERS = re.compile(
    r"news|events?|council|resource|life|staff|schools?|bulletin|jobs?|employ|press|blog|priest|clergy", re.I
)
_MOST_URLS, _MOST_SITEMAPS, _LEAST = 20_000, 3, 3


def sitemaps_in(document: Document) -> list[str]:
    """The sitemaps that `robots.txt` or an index of sitemaps names; of several, those of parishes."""
    if document.kind in {Kind.TEXT, Kind.HTML}:
        named = re.findall(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,500})", document.text[:200_000], re.I | re.M)
    else:
        named = _locations(document, "sitemap")
    found = list(dict.fromkeys(url for one in named if (url := _near(one, document))))
    of_parishes = [url for url in found if _PARISHES.search(split(url).path)]
    return (of_parishes or found)[:_MOST_SITEMAPS]


def detail_pages(document: Document, known: Sequence[str] = ()) -> list[str]:
    """The pages about one parish each: those beside the `known` ones, else the largest section that is called so."""
    sections: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(filter(None, (_near(one, document) for one in _locations(document, "url")))):
        sections[section(url)].append(url)
    if known:
        return sections.get(common_section(known), [])
    called = [urls for name, urls in sections.items() if _is_of_parishes(name) and len(urls) >= _LEAST]
    return max(called, key=len, default=[])


def common_section(urls: Iterable[str]) -> str:
    """The path that most addresses share but for their last segment; empty when there is none."""
    counted = Counter(section(url) for url in urls).most_common(1)
    name, count = counted[0] if counted else ("", 0)
    return name if count >= _LEAST and "/" in name else ""


def section(url: str) -> str:
    """The host and path of an address without the last segment; without a path when its query tells pages apart."""
    parts = split(url)
    path = parts.path.rstrip("/").rpartition("/")[0]
    return "" if parts.query or not path else f"{parts.netloc.removeprefix('www.')}{path}"


def _is_of_parishes(name: str) -> bool:
    last = name.rpartition("/")[2]
    return bool(_SECTION.fullmatch(last)) and not _OTHERS.search(last)


def _near(url: str, document: Document) -> str | None:
    address = absolute(url, document.url)
    return address if address and (not document.url or same_site(address, document.url)) else None


def _locations(document: Document, parent: str) -> list[str]:
    """The text of `<loc>` in each `<url>` or `<sitemap>`, whatever the namespace."""
    if document.kind is not Kind.XML or document.xml is None:
        return []
    found = document.xml.iterfind(f".//{{*}}{parent}/{{*}}loc")
    return [str(node.text).strip() for node in islice(found, _MOST_URLS) if node.text]
