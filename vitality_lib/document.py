"""A page decoded and parsed once, however many readers look at it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import webencodings
from charset_normalizer import from_bytes
from lxml import etree, html

from vitality_lib.models import Page
from vitality_lib.shallow_tree import parsed

_HEAD_BYTES = 4096  # in which a page names its encoding
_LONGEST_HEADER = 1000  # characters: the parser of headers looks at each parameter anew for each other
_TAG = re.compile(r"<[a-z!/][^>]*>|<[a-z][a-z\d]*\s[\w\s:-]*=")  # whole, or up to an attribute that may be long
# Half of a character as a reference, U+D800 to U+DFFF: lxml keeps it, and raises when it is read.
_HALF_CHARACTER = re.compile(
    rb"&#(?:x0{0,8}d[89a-f][\da-f]{2}|0{0,8}5(?:5(?:29[6-9]|[3-9]\d\d)|6\d{3}|7(?:[0-2]\d\d|3[0-3]\d|34[0-3])));", re.I
)
_LONG_TAG = re.compile(r"<([a-zA-Z][^\s<>/]*)[\s/][^<>]{3000,}>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WORD = re.compile(r"\S+")
_MOST_ATTRIBUTES = 300
_HEAVY = ("text", "folded", "json", "tree", "xml")
_END = re.compile(r"</html\s*>", re.I)  # libxml2 2.14 drops what follows it, which browsers show


class Kind(StrEnum):
    """What a body is, by its own first bytes rather than by what the server calls it."""

    HTML = "html"
    JSON = "json"
    XML = "xml"
    PDF = "pdf"
    TEXT = "text"
    BINARY = "binary"


@dataclass(frozen=True)
class Document:
    """One page and its parse trees, each made when first asked for. Readers must not change the trees."""

    page: Page

    def forget(self) -> None:
        """Let go of all that was made of the body: a page that waits for another one's answer needs no tree meanwhile.

        Whatever is asked for later is made again. A tree weighs some ten times its page, and a worker has many in hand.
        """
        for made in _HEAVY:
            self.__dict__.pop(made, None)

    @property
    def url(self) -> str:
        """The page's address: the final URL, else the canonical link it names, else empty."""
        return self.page.url or self.canonical_link

    @cached_property
    def text(self) -> str:
        """The body as text. The encoding: byte order mark, HTTP header, `<meta>`, UTF-8, then a guess.

        The order is that of the HTML standard, section 13.2.3.2 (encoding sniffing algorithm); what the names stand
        for, that of the WHATWG encoding standard, where Latin-1 is Windows-1252.
        """
        from bs4.dammit import EncodingDetector  # noqa: PLC0415 - 80 ms of a start that may read no page

        body, marked = EncodingDetector.strip_byte_order_mark(self.page.body)
        named = (marked, self._charset_of_header, EncodingDetector.find_declared_encoding(body[:_HEAD_BYTES], True))
        for encoding in filter(None, map(webencodings.lookup, [*filter(None, named), "utf-8"])):
            try:
                return str(encoding.codec_info.decode(body)[0])
            except UnicodeDecodeError:
                continue
        best = from_bytes(body[:65536]).best()
        return body.decode(best.encoding if best else "windows-1252", errors="replace")

    @cached_property
    def folded(self) -> str:
        """The text in lower case: a word is found in it far sooner than a pattern that ignores case finds it."""
        return self.text.lower()

    @property
    def _charset_of_header(self) -> str | None:
        return _charset_in(self.page.headers.get("content-type", "")[:_LONGEST_HEADER])

    @cached_property
    def kind(self) -> Kind:
        body = self.page.body
        if body[:1024].lstrip().startswith(b"%PDF-"):
            return Kind.PDF
        if b"\x00" in body[:1024] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Kind.BINARY
        return self._kind_of_text()

    def _kind_of_text(self) -> Kind:
        head = self.text[:2048].lstrip("\ufeff \t\r\n").lower()
        if head.startswith(("{", "[")) and self.json is not None:
            return Kind.JSON
        if re.match(r"<(!doctype html|html|head|body|!--.*?-->\s*<(!doctype html|html))", head, re.S):
            return Kind.HTML
        if head.startswith("<?xml"):
            return Kind.HTML if "<html" in head else Kind.XML
        if re.match(r"<(kml|urlset|sitemapindex|rss|feed|locator|markers|store)\b", head):
            return Kind.XML
        return Kind.HTML if _TAG.search(head) or "html" in self.page.content_type else Kind.TEXT

    @cached_property
    def json(self) -> Any:
        """The body as JSON, or None when it is none (cut off, empty, something else)."""
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The HTML parse tree for fast walks (lxml), never very deep, without comments, whose number slows each step.

        An empty document when nothing can be parsed.
        """
        text = _LONG_TAG.sub(_without_hundreds_of_attributes, _END.sub("", self.text.replace("\x00", "")))
        try:
            return parsed(text.encode("utf-8", "replace"))
        except (etree.ParserError, ValueError):
            return html.document_fromstring("<html><body></body></html>")

    @cached_property
    def xml(self) -> etree._Element | None:
        """The body as XML without entities or network, or None when it is not well-formed enough to have a root."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
        try:
            return etree.fromstring(_HALF_CHARACTER.sub(b"", self.page.body.lstrip()), parser=parser)
        except etree.XMLSyntaxError:
            return None

    @cached_property
    def canonical_link(self) -> str:
        if self.kind is not Kind.HTML:
            return ""
        links = (link for link in self.tree.iter("link") if "canonical" in link.get("rel", "").lower().split())
        href = next((link.get("href", "").strip() for link in links if link.get("href")), "")
        return href if href.startswith(("http://", "https://")) else ""


@lru_cache(maxsize=256)
def _charset_in(content_type: str) -> str | None:
    header = Message()
    header["content-type"] = content_type
    return header.get_content_charset()


def _without_hundreds_of_attributes(tag: re.Match[str]) -> str:
    """A tag, bare when it has hundreds of attributes: the parser compares each of them with all others."""
    words = _WORD.finditer(_QUOTED.sub("", tag[0]))
    return f"<{tag[1]}>" if next(islice(words, _MOST_ATTRIBUTES, None), None) else tag[0]
