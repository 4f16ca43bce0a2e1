"""US addresses: one line or several into street, city, state and ZIP."""

from __future__ import annotations

import re
from dataclasses import dataclass

import usaddress

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "puerto rico": "PR", "virgin islands": "VI", "guam": "GU", "american samoa": "AS", "northern mariana islands": "MP",
}  # fmt: skip
CODES = frozenset(STATES.values())

_ZIP = r"\d{5}(?:-\d{4})?"
_STATE = "|".join([*CODES, *(re.escape(name) for name in sorted(STATES, key=len, reverse=True)), "D\\.C\\."])
_TAIL = re.compile(rf"[\s,]+(?P<state>{_STATE})\.?[\s,]*(?P<zip>{_ZIP})?[\s,.]*$", re.I)
_ONLY_ZIP = re.compile(rf"[\s,]+(?P<zip>{_ZIP})[\s,.]*$")
_COUNTRY = re.compile(r"[\s,]+(?:USA|U\.S\.A\.|US|United States(?: of America)?)[\s,.]*$", re.I)
CITY_LINE = re.compile(rf"^[A-Z][A-Za-z.'’ -]{{1,40}},?\s+(?:{_STATE})\.?,?\s*(?:{_ZIP})?$")
STREET_LINE = re.compile(
    r"^(?:\d+[A-Za-z]?(?:[-/]\d+)?\s+\S|(?:P\.?\s*O\.?|Post Office)\s*Box\b|[NSEW]\d+|(?:Hwy|Highway|Route|Rte|County Road|State Road)\b)",
    re.I,
)


@dataclass(frozen=True)
class Address:
    """Parts of an address; what is not there is None. `state` is the two-letter code."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None


def state_code(text: str | None) -> str | None:
    """`Ohio`, `ohio` or `OH` as `OH`; None for what is no US state or territory."""
    word = " ".join((text or "").replace(".", "").split())
    return word.upper() if word.upper() in CODES else STATES.get(word.lower())


def zip_code(text: str | None) -> str | None:
    """The first ZIP or ZIP+4 in a text; four digits that lost their leading zero get it back."""
    match = re.search(rf"(?<!\d){_ZIP}(?!\d)", text or "")
    if match:
        return match.group(0)
    return f"0{text.strip()}" if text and re.fullmatch(r"\s*\d{4}\s*", text) else None


def parse(text: str) -> Address:
    """Split an address in one text; lines may be separated by newlines or commas."""
    lines = [line.strip(" ,\t") for line in text.splitlines() if line.strip(" ,\t")]
    flat = _COUNTRY.sub("", ", ".join(lines))
    tail = _TAIL.search(" " + flat)
    # Without a ZIP only `CT` is a state: `1010 Rosati Ct` is a street.
    if not tail or not (tail["zip"] or tail["state"].isupper() or len(tail["state"]) > 2):
        only = _ONLY_ZIP.search(flat)
        rest = flat[: only.start()] if only else flat
        return Address(_none(rest), None, None, only["zip"] if only else None)
    rest = (" " + flat)[: tail.start()].strip(" ,")
    street, city = _street_and_city(rest)
    return Address(_none(street), _none(city), state_code(tail["state"]), tail["zip"])


def _street_and_city(rest: str) -> tuple[str, str]:
    head, comma, last = rest.rpartition(",")
    if comma and not re.match(r"\s*\d", last):
        return head.strip(" ,"), last.strip()
    if not re.search(r"\d", rest):
        return "", rest  # a city alone
    return _tagged(rest)


def _tagged(rest: str) -> tuple[str, str]:
    """Street and city that no comma parts, by usaddress; a rest that it cannot read is all street."""
    try:
        parts = usaddress.parse(rest + ", AA 00000")
    except (ValueError, UnicodeError):
        return rest, ""
    city = [word.strip(",") for word, label in parts if label == "PlaceName"]
    street = [word for word, label in parts if label not in {"PlaceName", "StateName", "ZipCode"}]
    return " ".join(street).strip(" ,"), " ".join(city)


def _none(text: str) -> str | None:
    return text.strip(" ,") or None
