"""What the links and attributes of a card say: website, page about the parish, telephone, e-mail, coordinates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card_place import MAP_HOST, place_of
from vitality_lib.hyperlinks import absolute, host, same_site, split, website
from vitality_lib.models import ParishEntry

_DETAIL = re.compile(
    r"(?:(?:view|see|full|parish|more|learn|read|get|church|click|ver|m[áa]s)\b.*)?"
    r"\b(?:details?|more|profile|info(?:rmation)?|here|detalles|m[áa]s|parish|page)\b.{0,3}",
    re.I,
)
_WEB = re.compile(r"web ?site|\bvisit\b|home ?page|www\.|sitio|p[áa]gina web|^https?:", re.I)
_NO_WEBSITE = re.compile(r"\b(?:map|directions?|donate|give|giving|bulletins?|facebook|livestream|school)\b", re.I)
_FAX = re.compile(r"\bfax|facsimile", re.I)
_SHARES = re.compile(r"shar(?:e|er|ing)\b|intent|donat|giv(?:e|ing)|login|sign-?in", re.I)
_MOST_LINKS, _MOST_CIPHER = 60, 300


@dataclass(frozen=True)
class CardLinks:
    """Facts in the links of one card; coordinates are text, degrees."""

    website: str | None = None
    detail: str | None = None
    phone: str | None = None
    email: str | None = None
    latitude: str | None = None
    longitude: str | None = None


@dataclass(frozen=True)
class _Link:
    href: str
    label: str


def card_links(nodes: Iterable[markup.Element], base: str, name: str) -> CardLinks:
    """Read the links of a card of the parish `name` on the page `base`."""
    elements = list(nodes)
    links = [_link(node, base) for node in elements if node.tag in {"a", "area"} and node.get("href")][:_MOST_LINKS]
    north, east = place_of(elements, [link.href for link in links])
    return CardLinks(
        website=_website(links, base, name),
        detail=_detail(links, base, name),
        phone=_after(links, "tel:"),
        email=_after(links, "mailto:") or _protected(elements),
        latitude=north,
        longitude=east,
    )


def with_own_sites(entries: Sequence[ParishEntry], base: str) -> list[ParishEntry]:
    """The entries of a list on the page `base`. Where that is unknown, a page about one parish on a host of its own is
    its website: the directory's pages share a host.
    """
    hosts = Counter(host(entry.detail_url) for entry in entries if entry.detail_url)
    if base or len({host(link) for one in entries if (link := one.detail_url or one.website)}) < 3 or not hosts:
        return list(entries)
    common, count = hosts.most_common(1)[0]
    ours = common if count > 1 and count * 2 > hosts.total() else ""
    return [
        replace(entry, website=entry.website or entry.detail_url, detail_url=None)
        if entry.detail_url and host(entry.detail_url) != ours
        else entry
        for entry in entries
    ]


def _link(node: markup.Element, base: str) -> _Link:
    pictures = " ".join(str(image.get("alt") or "") for image in node.iter("img"))
    label = markup.text(node) or str(node.get("aria-label") or node.get("title") or pictures)
    target = _target(str(node.get("href")).strip(), base)
    return _Link(target, f"{_before(node)} {label}" if target.lower().startswith("tel:") else label)


def _before(node: markup.Element) -> str:
    """What stands right before a link, which may be its label: `<b>Fax</b> <a href="tel:...">`."""
    previous, above = node.getprevious(), node.getparent()
    if previous is None:
        return str(above.text or "")[:40] if above is not None else ""
    tail = (previous.tail or "").strip()
    return tail[-40:] if re.search(r"\w", tail) else markup.text(previous)[-40:] if previous.tag != "a" else ""


def _target(href: str, base: str) -> str:
    """Where a link leads in the end: `/exit?url=http://stodo.org`, and the links of mail filters, lead on to a site."""
    try:
        fields = parse_qsl(urlsplit(href).query)[:20]
    except ValueError:
        return href
    ends = (value for _, value in fields if re.match(r"https?://\S+\.|www\.", value, re.I))
    end = next(ends, None)
    return end if end and not same_site(end, base) and not _SHARES.search(href.partition("?")[0]) else href


def _protected(elements: list[markup.Element]) -> str | None:
    """An e-mail address as Cloudflare writes it for scripts: hexadecimal, each byte XORed with the first."""
    for node in elements:
        cipher = node.get("data-cfemail") or str(node.get("href") or "").partition("/cdn-cgi/l/email-protection#")[2]
        if cipher and len(cipher) <= _MOST_CIPHER and re.fullmatch(r"(?:[0-9a-f]{2})+", cipher, re.I):
            key, *rest = bytes.fromhex(cipher)
            return bytes(key ^ one for one in rest).decode("utf-8", "replace")
    return None


def _after(links: list[_Link], scheme: str) -> str | None:
    found = (link for link in links if link.href.lower().startswith(scheme) and not _FAX.search(link.label))
    return next((unquote(link.href[len(scheme) :]).split("?")[0] for link in found), None)


def _website(links: list[_Link], base: str, name: str) -> str | None:
    """The parish's own site: the link that says so, or shows its address, before one that says anything else."""
    own = [link for link in links if (link.href.startswith("//") or absolute(link.href)) and website(link.href, base)]
    named = [link for link in own if link.label == name]
    own = [link for link in own if not _NO_WEBSITE.search(link.label)]
    said = [
        link for link in own if _WEB.search(link.label) or (host(link.href) and host(link.href) in link.label.lower())
    ]
    # `Learn more` that leads to another site, or to the front of one, leads to the parish's own
    rest = [link for link in own if base or not _DETAIL.fullmatch(link.label) or split(link.href).path in {"", "/"}]
    return next((link.href for link in [*said, *named, *rest]), None)


def _detail(links: list[_Link], base: str, name: str) -> str | None:
    """The directory's own page about the parish: its name is the link, or a link says `details`."""
    for link in links:
        target = absolute(link.href, base)
        if not target or not website(target) or split(target).path in {"", "/"} or MAP_HOST.search(host(target)):
            continue
        near = not base or same_site(target, base) or host(target).endswith(f".{host(base)}")
        if near and (link.label == name or name in link.label or _DETAIL.fullmatch(link.label)):
            return target
    return None
