"""Clean parish records out of what a platform says: text tidied, addresses split, telephones and links checked."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.parish.address_cells import join_place
from vitality_lib.directories.parish.fate import fate_of
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.contacts import FAX_NUMBER
from vitality_lib.hyperlinks import absolute
from vitality_lib.hyperlinks import website as own_website
from vitality_lib.languages import languages_in
from vitality_lib.models import ParishEntry

_LONGEST = 5000  # characters of a value that are looked at
_MOST_PHONES = 3
_NOTHING = frozenset({"", "null", "none", "n/a", "na", "-", "--", "undefined", "tbd"})
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}")
_OPTION = re.compile(r"[,;]?\s*\b(?:option|opt\.?|press)\s*#?\s*(?=\d{1,5}\b)", re.I)
_CLERGY = re.compile(
    r"\b((?:(?:Very |Most )?Rev(?:erend|\.)?|Fr\.?|Father|Msgr\.?|Monsignor|Deacon|Dcn\.?|Bishop|Padre|Pbro\.|P\.)"
    r"(?: (?:Msgr\.?|Fr\.?|Father|Monsignor|Canon))?"
    r"(?: [A-ZÀ-Ý][\w.'’-]*){1,5}(?:, ?(?:[A-Z]\.?){2,6}|, ?(?:Jr|Sr)\.?)*)"
)


def clean_parish(
    name: Any,
    *,
    address: Any = None,
    street: Any = None,
    city: Any = None,
    state: Any = None,
    zip: Any = None,
    phone: Any = None,
    email: Any = None,
    website: Any = None,
    pastor: Any = None,
    latitude: Any = None,
    longitude: Any = None,
    detail_url: Any = None,
    deanery: Any = None,
    rite: Any = None,
    languages: Any = None,
    churches: Any = None,
    status: Any = None,
    base: str = "",
) -> ParishEntry | None:
    """One record out of loose values; None without a name. `address` is one text, used for the parts not given.

    `languages` is a text that names them, `churches` one that has one a line (or between semicolons); `status` a word
    as the site has it, which the name may say, too: `St. Odo (closed June 30, 2019)`.
    `base` is the page's address: relative links are joined to it, and links to its own site are no parish's website.
    """
    called = tidy(name)
    if not called:
        return None
    place = join_place(text_lines(address), text_lines(street), tidy(city), tidy(state), tidy(zip))
    north, east = coordinate(latitude, 90), coordinate(longitude, 180)
    fate = fate_of(called, tidy(status) or "")
    known = north is not None and east is not None and (abs(north) > 1e-6 or abs(east) > 1e-6)
    return ParishEntry(
        name=called,
        street=place.street,
        city=place.city,
        state=place.state,
        zip=place.zip,
        phone=phone_in(phone),
        email=email_in(email),
        website=own_website(tidy(website), base),
        pastor=clergy_in(pastor),
        latitude=north if known else None,
        longitude=east if known else None,
        detail_url=absolute(tidy(detail_url), base),
        deanery=tidy(deanery),
        rite=tidy(rite),
        languages=languages_in(tidy(languages) or ""),
        churches=_one_a_line(churches),
        status=fate.status,
        closed_on=fate.on,
    )


def _one_a_line(value: Any) -> tuple[str, ...]:
    pieces = re.split(r"\s*[\n;]\s*", text_lines(value) or "")
    return tuple(dict.fromkeys(piece for piece in pieces if re.search(r"[^\W\d]{2}", piece)))


def tidy(value: Any) -> str | None:
    """A value as one line of text: tags and entities gone, white space folded; None when nothing is left."""
    lines = text_lines(value)
    one = " ".join(lines.split()).strip(" ,;|") if lines else ""
    return one if one.lower() not in _NOTHING else None


def text_lines(value: Any) -> str | None:
    """A value as text in lines, broken where its HTML breaks; feeds escape entities once or twice."""
    if value is None or isinstance(value, bool | Mapping | list):
        return None
    text = re.sub(r"[\ud800-\udfff]", "", str(value)[:_LONGEST])  # halves of characters, as cut feeds have them
    for _ in range(2):
        text = html.unescape(text)
    if re.search(r"<[a-z/!]", text, re.I):
        return "\n".join(markup.lines(markup.fragment(text))) or None
    lines = (" ".join(line.split()) for line in text.replace("\xad", "").replace("\u200b", "").splitlines())
    return "\n".join(line for line in lines if line) or None


def phone_in(value: Any) -> str | None:
    """The US telephone numbers in a text that are no fax, as E.164 (`+17085550141`); None when there is none.

    An extension, or what a menu wants pressed, follows as `;ext=5` (RFC 3966, 5.3). Where a parish gives several
    numbers none is better than another: all are kept, parted by `; `.
    """
    text = tidy(value)
    if not text or not re.search(r"\d{3}\D{0,4}\d{4}", text):
        return None
    import phonenumbers  # noqa: PLC0415 - 50 ms: only where a parish has a number

    bare = _OPTION.sub(" ext. ", FAX_NUMBER.sub(" ", text[:500]))
    found: dict[str, None] = {}
    for match in phonenumbers.PhoneNumberMatcher(bare, "US", leniency=phonenumbers.Leniency.POSSIBLE):
        digits = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        if len(digits) == 12:  # +1 and ten digits
            found[f"{digits};ext={match.number.extension}" if match.number.extension else digits] = None
    return "; ".join(list(found)[:_MOST_PHONES]) or None


def email_in(value: Any) -> str | None:
    """The first e-mail address in a text, lower-case."""
    match = _EMAIL.search(str(value or "")[:_LONGEST])
    return match.group(0).lower() if match else None


def clergy_in(value: Any) -> str | None:
    """The first member of the clergy that a text names with a title; anybody else's name is not kept."""
    match = _CLERGY.search(text_lines(value) or "")
    return re.sub(r"(?<=[^\W\d_]{3})\.$", "", match.group(1).strip(" ,")) if match else None


def coordinate(value: Any, limit: float) -> float | None:
    """Degrees between -limit and limit, or None."""
    try:
        number = float(str(value).strip())
    except ValueError:
        return None
    return number if -limit <= number <= limit else None
