"""What comes over the wire before there is a page: addresses, headers, codings, robots.txt."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from types import MappingProxyType

import brotli  # type: ignore[import-untyped]  # the wheel has no stubs
import zstandard
from foreign import FETCHED, Parser, document, header, text

from vitality_lib import hyperlinks
from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.sitemap import sitemap_address
from vitality_lib.web import blocked
from vitality_lib.web.client import Answer
from vitality_lib.web.decode import OversizedError, UndecodableError, decoded
from vitality_lib.web.guard import address_key, is_public
from vitality_lib.web.manners import platform_of, retry_after
from vitality_lib.web.page_directives import directives
from vitality_lib.web.redirect import redirect_target
from vitality_lib.web.robots import MOST_BYTES, Robots, decoded_text, read
from vitality_lib.web.url import WebAddressError, canonical

_LIMIT = 2**20
_HERE = canonical("https://lakemont.example/parishes?page=1")
_PLAIN = b"<p>Sunday Mass 9:00 am</p>" * 40
_LINKS = [
    b"https://www.stodo.example/mass-times?utm_source=x#top", b"//stodo.example", b"http://0x7f.1/", b"HTTP://[::1]:80/",
    b"https://user:pw@stodo.example\\@x", b"/a/../b/./c%7e%2F?x=1&&PHPSESSID=1", "http://b\u00fccher.example/\u00e9".encode(),
    b"mailto:x@y.example", b"https://stodo.example:99999/", b"www.stodo.example/a b", b"javascript:void(0)",
]  # fmt: skip
_IPS = [b"127.0.0.1", b"::ffff:10.0.0.1", b"2002:7f00:1::%eth0", b"64:ff9b::1.2.3.4"]
_MOMENTS = [b"120", b"Mon, 07 Sep 2026 13:00:00 GMT", b"Monday, 07-Sep-26 13:00:00 -0500"]
_ROBOTS = [
    b"User-agent: *\nDisallow: /private/\nAllow: /private/parish$\nCrawl-delay: 5\nSitemap: https://a.example/s.xml\n",
    b"\xef\xbb\xbfUser-Agent: DiocesanVitality/1.0\r\nDisallow: /*?page=*\r\n", b"\xff\xfeU\x00s\x00e\x00r\x00",
    b"User-agent: a\nUser-agent: b\n\nDisallow: /%7Ex/\xc3\xa9\nRequest-rate: 1/5\nVisit-time: 0600-0845\nDisallow\n",
]  # fmt: skip
_DIRECTIVES = [
    b"diocesanvitality: noindex, nofollow\nunavailable_after: Sat, 05 Sep 2026 10:00:00 GMT, max-snippet: 0\n\n"
    b'<html><meta name="robots" content="NOARCHIVE, unavailable_after: 2026-09-01"><meta name="DiocesanVitality">',
    b"otherbot: none, unavailable_after: Monday, 07-Sep-26 13:00:00 -9999\n\n{}",
]
_PAGES = [
    b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", b"<p>This domain is for sale</p>",
    b"<script>window.location.href=\"/lander\"</script>", b"<style>p{}</style><p>Sunday Mass 9:00 am",
]  # fmt: skip


def _canonical(data: bytes) -> None:
    link, _, base = text(data).partition("\n")
    for given in ("", str(_HERE), base):
        with suppress(WebAddressError):
            address = canonical(link, given)
            assert canonical(str(address)) == address, "a canonical address must stay as it is"


def _links(data: bytes) -> None:
    link, _, base = text(data).partition("\n")
    for given in ("", str(_HERE), base):
        found = hyperlinks.absolute(link, given)
        assert found is None or found.startswith(("http://", "https://"))
        hyperlinks.website(link, given)
        hyperlinks.own_page(link, given)
        hyperlinks.same_site(link, given)
    hyperlinks.split(link)


def _redirect(data: bytes) -> None:
    target = redirect_target(Answer(_HERE, 302, {"location": header(data)}, b""))
    assert target is None or target.scheme in {"http", "https"}


def _coding(name: str, *seeds: bytes) -> Parser:
    return Parser(name, lambda data: _decoded(data, name), seeds, (UndecodableError, OversizedError))


def _decoded(data: bytes, codings: str) -> None:
    assert len(decoded(data, codings, _LIMIT, truncate=True)) <= _LIMIT
    assert len(decoded(data, codings, _LIMIT)) <= _LIMIT


def _named_codings(data: bytes) -> None:
    named, _, body = data.partition(b"\n")
    _decoded(body, header(named))


def _robots(data: bytes) -> None:
    assert len(decoded_text(data)) <= MOST_BYTES
    robots = Robots(read(_HERE.origin, Answer(_HERE, 200, {}, data)), "DiocesanVitality")
    robots.refusal(_HERE)
    robots.refusal(canonical("https://lakemont.example/private/parish;x?page=2&q=%C3%A9"))
    delay = robots.crawl_delay
    assert delay is None or delay >= 0
    sitemap_address(document(data, str(_HERE)), str(_HERE))


def _headers(data: bytes) -> None:
    """A header a line, and the body: what is made of `Content-Type` and the marks of challenges."""
    fields, _, body = data.partition(b"\n\n")
    values = [header(line) for line in fields.split(b"\n")]
    names = ("content-type", "retry-after", "location", "cf-mitigated", "link")
    headers = MappingProxyType(dict(zip(names, values, strict=False)))
    page = Document(Page(str(_HERE), body, headers=headers))
    _ = (page.kind, page.text, page.page.content_type)
    _refused(body, headers)


def _directives(data: bytes) -> None:
    """A value of X-Robots-Tag a line, and the body, which may have tags of its own."""
    said, _, body = data.partition(b"\n\n")
    page = Page(str(_HERE), body, headers=MappingProxyType({"x-robots-tag": header(said)}))
    for only_by_name in (False, True):
        asked = directives(page, "DiocesanVitality", FETCHED, only_by_name)
        assert len(asked.noindex) <= 2000


def _refused(body: bytes, headers: MappingProxyType[str, str] = MappingProxyType({})) -> None:
    answer = Answer(_HERE, 200, headers, body)
    _ = (answer.content_type, blocked.refusal(answer), blocked.is_challenge(answer), blocked.parked(answer))


def _retry_after(data: bytes) -> None:
    seconds = retry_after(header(data), FETCHED)
    assert seconds is None or 0 <= seconds <= 7 * 86400


def _ip(data: bytes) -> None:
    public = is_public(text(data))
    assert address_key(text(data)).startswith("net:")
    assert isinstance(public, bool)
    platform_of(text(data))


WEB = (
    Parser("canonical_url", _canonical, _LINKS),
    Parser("hyperlinks", _links, _LINKS),
    Parser("redirect", _redirect, _LINKS),
    Parser("ip_address", _ip, _IPS, (ValueError,)),
    _coding("gzip", gzip.compress(_PLAIN, mtime=0), gzip.compress(b"a", mtime=0) + gzip.compress(_PLAIN, mtime=0)),
    _coding("deflate", zlib.compress(_PLAIN), zlib.compress(_PLAIN)[2:-4]),
    _coding("br", brotli.compress(_PLAIN), brotli.compress(b"")),
    _coding("zstd", zstandard.compress(_PLAIN), zstandard.compress(b"") + zstandard.compress(_PLAIN)),
    Parser(
        "content_encoding", _named_codings, [b"gzip, br\n" + brotli.compress(gzip.compress(_PLAIN, mtime=0))],
        (UndecodableError, OversizedError),
    ),
    Parser("robots", _robots, _ROBOTS),
    Parser("headers", _headers, [b"text/html; charset=\"utf-8\"\n5\n/x\nchallenge\n<x>; rel=next\n\n" + _PLAIN]),
    Parser("page_directives", _directives, _DIRECTIVES),
    Parser("refusal", _refused, _PAGES),
    Parser("retry_after", _retry_after, _MOMENTS),
)  # fmt: skip
