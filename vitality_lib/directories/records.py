"""Clean parish records out of what a platform says: text tidied, addresses split, links and coordinates checked."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import phonenumbers

from vitality_lib.directories import addresses
from vitality_lib.directories.names import identity, sift, why_left_out
from vitality_lib.models import ParishEntry

__all__ = [
    "clean_parish",
    "coordinate",
    "email_in",
    "identity",
    "phone_in",
    "sift",
    "tidy",
    "website_of",
    "why_left_out",
]

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li)[^<>]{0,200}>", re.I)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}")
_CLERGY = re.compile(
    r"\b((?:(?:Very |Most )?Rev(?:erend|\.)?|Fr\.?|Father|Msgr\.?|Monsignor|Deacon|Dcn\.?|Bishop)"
    r"(?:\s+(?:Msgr\.?|Fr\.?|Father|Monsignor|Canon))?"
    r"(?:\s+[A-Z][\w.'’-]*){1,5}(?:,\s*(?:[A-Z]\.?){2,6}|,\s*(?:Jr|Sr)\.?)*)"
)
# Hosts that are nobody's own website: social media, maps, link shorteners, the platforms' own pages.
_NOT_A_WEBSITE = re.compile(
    r"(?:^|\.)(?:facebook|fb|instagram|twitter|x|youtube|youtu|tiktok|linkedin|pinterest|flickr|vimeo|google|goo|g|apple|"
    r"bing|mapquest|openstreetmap|waze|masstimes|wikipedia|addthis|sharethis|paypal|givelify)\.[a-z]{2,3}$"
)


def clean_parish(
    name: Any,
    *,
    address: Any = None,
    street: Any = None,
    city: Any = None,
    state: Any = None,
    zip_: Any = None,
    phone: Any = None,
    email: Any = None,
    website: Any = None,
    pastor: Any = None,
    latitude: Any = None,
    longitude: Any = None,
    detail_url: Any = None,
    base: str = "",
) -> ParishEntry | None:
    """One record out of loose values; None without a name. `address` is one text, used for the parts not given.

    `base` is the page's address: relative links are joined to it, and links to its own site are no parish's website.
    """
    called = tidy(name)
    if not called:
        return None
    parts = addresses.parse(lines_of(address)) if address else addresses.Address()
    north, east = coordinate(latitude, 90), coordinate(longitude, 180)
    known = north is not None and east is not None and (abs(north) > 1e-6 or abs(east) > 1e-6)
    detail = link(detail_url, base)
    return ParishEntry(
        name=called,
        street=tidy(street) or parts.street,
        city=tidy(city) or parts.city,
        state=addresses.state_code(tidy(state)) or parts.state,
        zip=addresses.zip_code(tidy(zip_)) or parts.zip,
        phone=phone_in(phone),
        email=email_in(email),
        website=website_of(website, base),
        pastor=clergy_in(pastor),
        latitude=north if known else None,
        longitude=east if known else None,
        detail_url=detail,
    )


def tidy(value: Any) -> str | None:
    """A value as one line of text: tags and entities gone, white space folded; None when nothing is left."""
    if value is None or isinstance(value, bool | Mapping | list):
        return None
    text = html.unescape(html.unescape(_TAGS.sub(" ", str(value))))
    text = " ".join(text.replace("\xad", "").replace("\u200b", "").split()).strip(" ,;|")
    return text if text and text.lower() not in {"null", "none", "n/a", "-", "undefined"} else None


def lines_of(value: Any) -> str:
    """A value as text in lines: `<br>` and block ends become line breaks."""
    text = html.unescape(_TAGS.sub(" ", _BREAKS.sub("\n", str(value))))
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def phone_in(value: Any) -> str | None:
    """The first US telephone number in a text, as E.164 (`+17086450241`, with `;ext=5`); None when there is none."""
    text = tidy(value)
    if not text:
        return None
    for match in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE):
        digits = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        if len(digits) == 12:  # +1 and ten digits
            return digits
    return None


def email_in(value: Any) -> str | None:
    """The first e-mail address in a text, lower-case."""
    match = _EMAIL.search(str(value or ""))
    return match.group(0).lower() if match else None


def clergy_in(value: Any) -> str | None:
    """The first member of the clergy that a text names with a title; anybody else's name is not kept."""
    match = _CLERGY.search(tidy(value) or "")
    return match.group(1).strip(" ,") if match else None


def link(value: Any, base: str = "") -> str | None:
    """An absolute http(s) link, or None. `//host` and bare `www.host` are understood."""
    text = tidy(value)
    if not text or text.lower().startswith(("javascript:", "mailto:", "tel:", "#", "data:")):
        return None
    if text.startswith("//"):
        text = f"https:{text}"
    elif re.match(
        r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|com|net|church|us|info|edu|example)(?:/|$)", text, re.I
    ):
        text = f"http://{text}"
    try:
        joined = urljoin(base, text) if base else text
        parts = urlsplit(joined)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and "." in (parts.hostname or "")
    except ValueError:
        return None
    return joined if good and " " not in joined else None


def website_of(value: Any, base: str = "") -> str | None:
    """A link as a parish's own website: not social media, not a map, not a page of the directory's own site."""
    found = link(value, base)
    if not found:
        return None
    host = (urlsplit(found).hostname or "").lower()
    own = (urlsplit(base).hostname or "").lower().removeprefix("www.")
    if _NOT_A_WEBSITE.search(host) or (own and host.removeprefix("www.") == own):
        return None
    return found


def coordinate(value: Any, limit: float) -> float | None:
    """Degrees between -limit and limit, or None."""
    try:
        number = float(str(value).strip())
    except ValueError:
        return None
    return number if -limit <= number <= limit else None
