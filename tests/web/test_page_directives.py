"""What a page asks of crawlers, in its own `<meta>` tags and in X-Robots-Tag."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from timing import seconds

from vitality_lib.models import Page
from vitality_lib.web.page_directives import Directives, directives

US = "DiocesanVitality"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NOTHING = Directives()
UNREAD = Directives(noindex="noindex")
UNFOLLOWED = Directives(nofollow=True)
UNKEPT = Directives(noarchive=True)
NONE = Directives(noindex="none", nofollow=True)


def of_html(html: str) -> Directives:
    return directives(Page("http://parish.example/", html.encode()), US, NOW)


def of_header(value: str, body: bytes = b"<html><p>Mass at nine", only_by_name: bool = False) -> Directives:
    headers = MappingProxyType({"x-robots-tag": value})
    return directives(Page("http://parish.example/", body, headers=headers), US, NOW, only_by_name)


TAGS = {
    "noindex": ("<meta name='robots' content='noindex'>", UNREAD),
    "nofollow": ("<meta name='robots' content='nofollow'>", UNFOLLOWED),
    "none is both": ("<meta name='robots' content='none'>", NONE),
    "noarchive": ("<meta name='robots' content='noarchive'>", UNKEPT),
    "nosnippet": ("<meta name='robots' content='nosnippet'>", UNKEPT),
    "a snippet of no length": ("<meta name='robots' content='max-snippet:0'>", UNKEPT),
    "a snippet of some length": ("<meta name='robots' content='max-snippet:-1, max-image-preview:large'>", NOTHING),
    "several in one": ("<meta name='robots' content='noindex, nofollow'>", Directives("noindex", nofollow=True)),
    "with no blank between": (
        "<meta name='robots' content='noindex,noarchive'>",
        Directives("noindex", noarchive=True),
    ),
    "in two tags": (
        "<meta name='robots' content='nofollow'><meta name='robots' content='noarchive'>",
        Directives(nofollow=True, noarchive=True),
    ),
    "in capitals": ("<META NAME='ROBOTS' CONTENT='NOINDEX'>", Directives("NOINDEX")),
    "in XHTML, the other way round": ("<meta content='noindex' name='robots'/>", UNREAD),
    "with blanks around": ("<meta name=' robots ' content=' noindex '>", UNREAD),
    "for us by name": ("<meta name='DiocesanVitality' content='noindex'>", UNREAD),
    "for us by name in small letters": ("<meta name='diocesanvitality' content='nofollow'>", UNFOLLOWED),
    "for us and for all, the stricter of each": (
        "<meta name='robots' content='noindex'><meta name='diocesanvitality' content='index, nofollow'>",
        Directives("noindex", nofollow=True),
    ),
    "for another": ("<meta name='googlebot' content='noindex'>", NOTHING),
    "for one whose name has ours in it": ("<meta name='diocesanvitality-news' content='noindex'>", NOTHING),
    "index, follow": ("<meta name='robots' content='index, follow, max-snippet:-1'>", NOTHING),
    "all": ("<meta name='robots' content='all'>", NOTHING),
    "words in which it stands": ("<meta name='robots' content='noindexing, nofollowers'>", NOTHING),
    "another tag": ("<meta name='description' content='noindex'>", NOTHING),
    "a property": ("<meta property='robots' content='noindex'>", NOTHING),
    "no content": ("<meta name='robots'>", NOTHING),
    "a comment": ("<!-- <meta name='robots' content='noindex'> -->", NOTHING),
    "a script": ("<script>var a = \"<meta name='robots' content='noindex'>\"</script>", NOTHING),
    "a refresh is none": ("<meta http-equiv='refresh' content='0; url=/noindex' name='x'>robots", NOTHING),
    "in the body, where a broken head leaves it": ("<body><p>Hello<meta name='robots' content='noindex'>", UNREAD),
    "text": ("<p>robots: noindex", NOTHING),
}


@pytest.mark.parametrize("case", TAGS)
def test_a_tag_is_obeyed(case: str) -> None:
    tag, asks = TAGS[case]
    assert of_html(f"<!DOCTYPE html><html><head>{tag}</head><body><p>Mass at nine</body></html>") == asks


HEADERS = {
    "noindex": ("noindex", UNREAD),
    "none": ("none", NONE),
    "several": ("nofollow, noarchive", Directives(nofollow=True, noarchive=True)),
    "in capitals": ("NoFollow", UNFOLLOWED),
    "for us": ("diocesanvitality: noindex", UNREAD),
    "for us, to the end": ("DiocesanVitality: nofollow, noarchive", Directives(nofollow=True, noarchive=True)),
    "for another, to the end": ("googlebot: noindex, nofollow", NOTHING),
    "for another, then for us": ("googlebot: noindex, diocesanvitality: nofollow", UNFOLLOWED),
    "for another in one header, for all in the next": ("googlebot: noindex\nnofollow", UNFOLLOWED),
    "for all in one header, for another in the next": ("noarchive\notherbot: noindex", UNKEPT),
    "for us in one, for all in another": (
        "diocesanvitality: nofollow\nnoarchive",
        Directives(nofollow=True, noarchive=True),
    ),
    "for one whose name has ours in it": ("DiocesanVitality-News: noindex", NOTHING),
    "nothing": ("", NOTHING),
    "commas": (",, ,", NOTHING),
    "what nobody knows": ("noimageindex, notranslate, indexifembedded", NOTHING),
    "a snippet of no length": ("max-snippet: 0", UNKEPT),
    "a date gone by, as RFC 822 has it": (
        "unavailable_after: 25 Jun 2010 15:00:00 GMT",
        Directives("unavailable_after: 25 Jun 2010 15:00:00 GMT"),
    ),
    "with its day, and a comma": (
        "nofollow, unavailable_after: Fri, 25 Jun 2010 15:00:00 -0500",
        Directives("unavailable_after: Fri, 25 Jun 2010 15:00:00 -0500", nofollow=True),
    ),
    "as RFC 850 has it, and something after it": (
        "unavailable_after: Friday, 25-Jun-10 15:00:00 GMT, nofollow",
        Directives("unavailable_after: Friday, 25-Jun-10 15:00:00 GMT", nofollow=True),
    ),
    "as ISO 8601 has it": ("unavailable_after: 2026-11-24", Directives("unavailable_after: 2026-11-24")),
    "just now": ("unavailable_after: 2026-11-24T12:00:00Z", Directives("unavailable_after: 2026-11-24T12:00:00Z")),
    "a date to come": ("unavailable_after: 2026-11-24T12:00:01Z", NOTHING),
    "a date in words": ("unavailable_after: soon", NOTHING),
    "no date": ("unavailable_after:", NOTHING),
    "a date gone by, for another": ("googlebot: unavailable_after: 25 Jun 2010 15:00:00 GMT", NOTHING),
    "a date gone by, for us": (
        "diocesanvitality: unavailable_after: 2010-06-25",
        Directives("unavailable_after: 2010-06-25"),
    ),
}


@pytest.mark.parametrize("case", HEADERS)
def test_a_header_is_obeyed(case: str) -> None:
    value, asks = HEADERS[case]
    assert of_header(value) == asks


def test_tag_and_header_both_hold() -> None:
    html = b"<html><head><meta name='robots' content='nofollow'></head>"
    assert of_header("noarchive", html) == Directives(nofollow=True, noarchive=True)


def test_a_header_holds_for_a_pdf_too() -> None:
    assert of_header("noindex", b"%PDF-1.7") == UNREAD


FEEDS = {
    "JSON": b'[{"id": 1, "title": "St. Brendan"}]',
    "a sitemap": b"<?xml version='1.0'?><urlset><url><loc>http://parish.example/</loc></url></urlset>",
}


@pytest.mark.parametrize("case", FEEDS)
def test_a_feed_is_kept_out_of_results_by_its_software_not_from_us(case: str) -> None:
    assert of_header("noindex, nofollow", FEEDS[case]) == NOTHING
    assert of_header("diocesanvitality: noindex", FEEDS[case]) == UNREAD


def test_a_page_asked_for_as_a_feed_is_a_page_by_its_tag() -> None:
    html = b"<html><head><meta name='robots' content='nofollow'></head>"
    assert of_header("noindex", html, only_by_name=True) == UNFOLLOWED


def test_other_encodings_are_read() -> None:
    page = Page("http://parish.example/", "\ufeff<html><meta name='robots' content='noindex'>".encode("utf-16-le"))
    assert directives(page, US, NOW) == UNREAD


HOSTILE = {
    "a header without end": "noindex," * 100_000,
    "names without end": "a:" * 100_000,
    "a date without end": "unavailable_after: " + "1," * 100_000,
    "blanks without end": " " * 500_000,
    "commas before what may be days": ", 1" * 200_000,
}


@pytest.mark.no_cover
@pytest.mark.parametrize("case", HOSTILE)
def test_nothing_that_stands_there_takes_long(case: str) -> None:
    html = f"<html><meta name='robots' content='{HOSTILE[case]}'>"
    assert seconds(lambda: (of_header(HOSTILE[case]), of_html(html))) < 0.5


QUIET = {
    "nothing": of_html("<p>Mass at nine"),
    "what every page of Yoast says": of_html("<meta name='robots' content='index, follow, max-snippet:-1'>"),
    "links that are not to be followed": of_html("<meta name='robots' content='nofollow, noarchive'>"),
}
LOUD = {
    "a date to come": of_html("<meta name='robots' content='unavailable_after: 2027-06-01'>"),
    "a date gone by, in a header": of_header("unavailable_after: 2020-06-01"),
    "noindex": of_html("<meta name='robots' content='noindex'>"),
    "none, in a header": of_header("none"),
    "noindex for another": of_header("otherbot: noindex"),
    "noindex of a feed, which does not hold for us": of_header("noindex", b"{}", only_by_name=True),
}


def test_a_page_that_keeps_nobody_from_reading_it_is_quiet() -> None:
    assert {name: said.quiet for name, said in (QUIET | LOUD).items()} == dict.fromkeys(QUIET, True) | dict.fromkeys(
        LOUD, False
    )
