"""Addresses: one text, or several cells, become street, city, state and ZIP."""

from __future__ import annotations

import re
from dataclasses import dataclass

import usaddress

from vitality_lib.directories.parish.states import STATE_PATTERN, state_code

_LONGEST = 400  # characters of an address that are looked at
_ZIP = r"\d{5}(?:\s?[-–]\s?\d{4})?(?!\d)|[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d"
_COUNTRY = re.compile(r"[\s,]*\b(?:USA|U\.S\.A\.?|United States(?: of America)?|US|Canada)\.?\s*$", re.I)
_TAIL = re.compile(rf"(?:^|[\s,])(?P<state>{STATE_PATTERN})[\s,]*(?P<zip>{_ZIP})?[\s,.]*$", re.I)
_TWICE = re.compile(rf"\b(?P<state>{STATE_PATTERN})\s*\|\s*(?P<code>[A-Z]{{2}})\b", re.I)
_ZIP_TAIL = re.compile(rf"(?:^|[\s,])(?P<zip>{_ZIP})[\s,.]*$", re.I)
_LABEL = re.compile(
    r"^(?:(?:street|mailing|physical|church|parish|office)?\s*address|location|direcci[oó]n)\s*:\s*", re.I
)
_STREET_WORD = (
    r"\b(?:st|street|ave?|avenue|rd|road|dr|drive|blvd|boulevard|ln|lane|hwy|highway|route|rte|rt|ct|court|pl|place|sq|"
    r"square|way|pkwy|parkway|ter|terrace|cir|circle|trl|trail|pike|loop|plaza|turnpike|calle|avenida|carretera|"
    r"county road|cr|fm)\b"
)
_NO_CITY = re.compile(
    r"^(?:#|(?:suite|ste|unit|room|floor|bldg|building|apt|lot|box)\b|p\.?\s*o\.?\s*box|post office box|c/o\b)", re.I
)
_NUMBERED = re.compile(
    r"(?:^|\b(?:box|drawer|route|rte|rt|hwy|highway|road|rd|cr|fm|suite|ste|unit|no|#)\.?)\s*$", re.I
)
_STREET_START = re.compile(
    r"c/o|corner of\b|(?:r\.?r\.?|rural route|hcr?|star route)\s?#?\d+|#?\d+[A-Za-z]?(?:-\d+)?\s+\S|"
    r"[NSEW]\d+\s?[NSEW]?\d*\s+\S",
    re.I,
)
_ALSO_OF_STREETS = {"NE": ("68", "69"), "CT": ("06",)}  # codes that end streets, too, with how the states' ZIPs begin
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*(?:box|drawer)\b|\bpost office box\b|^box \d", re.I)


@dataclass(frozen=True)
class Place:
    """Where a church stands. `state` is the two-letter code, `zip` `NNNNN` or `NNNNN-NNNN` (or a Canadian code)."""

    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None


def split_address(text: str | None) -> Place:
    """Take an address apart: `7 Elm St., Dayton, Ohio, 45402-1234`, lines or commas or neither between its parts.

    Only the last city, state and ZIP are taken off; what stands before them is the street, a host church's name
    included. A text without state and ZIP is a street, and a city when one follows a comma.
    """
    bare = _one_line(text)
    tail = _TAIL.search(bare)
    if tail and (state := _state_of(tail, bare[: tail.start("state")])):
        zip_ = tidy_zip(tail["zip"])
        street, city = _street_and_city(bare[: tail.start()].strip(" ,"), f"{state} {zip_ or ''}")
        return Place(street, city, state, zip_)
    tail = _ZIP_TAIL.search(bare)
    if tail and not _NUMBERED.search(bare[: tail.start()]):
        street, city = _street_and_city(bare[: tail.start()].strip(" ,"), tail["zip"])
        if city and not street and looks_like_street(city):
            street, city = city, None
        return Place(street, city, None, tidy_zip(tail["zip"]))
    return Place(*_without_state(bare))


def join_place(
    address: str | None = None,
    street: str | None = None,
    city: str | None = None,
    state: str | None = None,
    zip: str | None = None,
) -> Place:
    """One place out of what a record gives: its own cells win over what the address in one piece says.

    `address` may be the whole or only the street; `state` may hold the ZIP too, `city` the state (`Dayton, OH 45402`).
    """
    end = split_address(f"{state or ''} {zip or ''}")
    known_state, known_zip = state_code(state) or end.state, tidy_zip(zip) or end.zip
    if city and re.search(r"[,\d]", city):
        line = split_address(city)
        city, known_state, known_zip = line.city, known_state or line.state, known_zip or line.zip
    known_city = _tidy(city)
    whole = split_address(address) if address else Place()
    if not known_city and not street and _is_town(whole):
        whole = Place(None, whole.street, known_state, known_zip)
    if known_city and whole.city and not whole.state:
        # `12 Elm St, Dayton` beside a cell `Dayton`, or `Rectory, 12 Elm St`
        whole = Place(whole.street if _same(known_city, whole.city) else _tidy(_one_line(address)))
    elif known_city and whole.city and not whole.street and not whole.state:
        whole = Place(whole.city)
    found = Place(
        _tidy(_one_line(street)) or whole.street,
        known_city or whole.city,
        known_state or whole.state,
        known_zip or whole.zip,
    )
    return _street_without_tail(found) if street else found


def tidy_zip(text: str | None) -> str | None:
    """`45402`, `45402-1234` or a Canadian code; leading zeros that a spreadsheet dropped are put back."""
    bare = re.sub(r"\s", "", (text or "").replace("–", "-")).upper()
    bare = bare.removesuffix(".0")
    if re.fullmatch(r"\d{5}-?\d{4}", bare):
        return f"{bare[:5]}-{bare[-4:]}"
    if re.fullmatch(r"[A-Z]\d[A-Z]\d[A-Z]\d", bare):
        return f"{bare[:3]} {bare[3:]}"
    if re.fullmatch(r"\d{3,4}", bare):
        return bare.zfill(5)
    match = re.match(r"\d{5}(?!\d)", bare)
    return match[0] if match else None


def looks_like_street(line: str) -> bool:
    """Whether a line reads like the first part of an address: a house number, a PO box, a named road."""
    if len(line) > 120 or re.search(r"\d{3}[-.) ]+\d{3}[-. ]+\d{4}", line):
        return False
    if _PO_BOX.search(line) or _STREET_START.match(line):
        return not re.search(r"\b\d{1,2}(?::\d\d)?\s*[ap]\.?m\b", line, re.I)
    return bool(
        re.search(_STREET_WORD + r"\.?(?:\s+[NSEW]{1,2}\.?)?(?:$|[,#]|\s+\d)", line, re.I)
    ) and not line.lower().startswith("st")


def ends_with_place(line: str) -> bool:
    """Whether a line ends with a state and a ZIP, or with `, ST`."""
    bare = _one_line(line)
    match = _TAIL.search(bare)
    if not match or not state_code(match["state"]) or len(bare) > 200:
        return False
    return bool(match["zip"]) or bool(re.search(r",\s*$", bare[: match.start("state")]))


def _one_line(text: str | None) -> str:
    bare = re.sub(r"\s*\n\s*", ", ", _TWICE.sub(_state_once, (text or "").strip()[:_LONGEST]))
    bare = re.sub(r"\s+", " ", bare.replace("\u200b", "").replace("|", ", ")).strip(" ,;•·")
    bare = re.sub(r"\s*,(?:\s*,)+", ",", _LABEL.sub("", bare))
    return _COUNTRY.sub("", bare) if len(bare) > 12 else bare


def _state_once(twice: re.Match[str]) -> str:
    """`Ohio|OH`, as eCatholic writes a state, as `OH`."""
    return twice["code"] if state_code(twice["state"]) == twice["code"].upper() else twice[0]


def _state_of(tail: re.Match[str], head: str) -> str | None:
    """The state at an address's end. Without a ZIP, or with one of another state, `44th Street NE` ends with a
    direction, and not in Nebraska, `2 Rosati Ct.` with a court, and not in Connecticut.
    """
    code = state_code(tail["state"])
    if code in _ALSO_OF_STREETS and tail["zip"] and not tail["zip"].startswith(_ALSO_OF_STREETS[code]):
        return None
    in_the_city = not re.search(r"\d", head)
    after_comma = head.rstrip().endswith(",") and tail["state"] != "NE"
    return code if tail["zip"] or (head.strip() and (in_the_city or after_comma)) else None


def _street_and_city(head: str, rest: str) -> tuple[str | None, str | None]:
    """Street and city of what stands before the state; `rest` (state and ZIP) helps to tell where the city begins."""
    before, comma, last = head.rpartition(",")
    last = last.strip()
    if comma and last and not _NO_CITY.match(last) and not re.match(r"\d", last):
        inner = re.search(rf"{_STREET_WORD}\.?\s+(?P<city>[A-Z].*)$", last, re.I) if re.search(r"\d", last) else None
        return (
            (_tidy(f"{before}, {last[: inner.start('city')]}"), _tidy(inner["city"]))
            if inner
            else (_tidy(before), _tidy(last))
        )
    if not re.search(r"\d|\b(?:box|one|two|three)\b", head, re.I):
        named = re.match(rf"(?P<street>\S+(?: \S+)*? ?{_STREET_WORD}\.?) (?P<city>[A-Z].*)", head, re.I)
        return (_tidy(named["street"]), _tidy(named["city"])) if named else (None, _tidy(head))
    return _by_tagger(head, rest)


def _by_tagger(head: str, rest: str) -> tuple[str | None, str | None]:
    """No comma tells street and city apart: usaddress does, by words."""
    words = usaddress.parse(f"{head}, {rest}")
    words = words[: len(head.split())]
    start = len(words)
    while start and words[start - 1][1] == "PlaceName":
        start -= 1
    parts = head.split()
    if start and start < len(parts) and _goes_on(parts[start - 1], parts[start]):
        start += 1
    return _tidy(" ".join(parts[:start])), _tidy(" ".join(parts[start:]))


def _goes_on(last: str, following: str) -> bool:
    """Whether a street that seems to end goes on: `54th` `St.`, which is no saint; `Highway` `AE`."""
    ordinal = re.fullmatch(r"\d+(?:st|nd|rd|th)", last, re.I) and re.fullmatch(_STREET_WORD + r"\.?", following, re.I)
    lettered = re.fullmatch(r"(?:highway|hwy|route|rt|rte|road|rd)\.?", last, re.I) and re.fullmatch(
        "[A-Z]{1,2}", following
    )
    return bool(ordinal or lettered)


def _without_state(bare: str) -> tuple[str | None, str | None]:
    before, comma, last = bare.rpartition(",")
    is_city = comma and re.search(r"\d", before) and not re.search(r"\d", last) and not _NO_CITY.match(last.strip())
    if is_city and not re.search(_STREET_WORD + r"\.?$|^\s*[NSEW]{1,2}\.?[NSEW]?\.?$", last, re.I):
        return _tidy(before), _tidy(last)
    return _tidy(bare), None


def _is_town(place: Place) -> bool:
    """Whether an address is but the name of a town: letters alone, few words, none of them a road's."""
    said = place.street or ""
    return (
        bool(re.fullmatch(r"[^\W\d_][^\d,]{1,40}", said))
        and not (place.city or place.state)
        and len(said.split()) <= 4
        and not re.search(_STREET_WORD, re.sub(r"^St\.? ", "", said), re.I)
        and not _NO_CITY.match(said)
    )


def _street_without_tail(place: Place) -> Place:
    """A street cell that repeats city, state and ZIP loses them, when they agree with the other cells."""
    tail = _TAIL.search(place.street or "")
    if not place.street or not tail or not tail["zip"]:
        return place
    inner = split_address(place.street)
    if (
        inner.street
        and _same(inner.city, place.city)
        and inner.state == place.state
        and not re.search(_ZIP, inner.street)
    ):
        return Place(inner.street, place.city, place.state, place.zip or inner.zip)
    return place


def _same(one: str | None, other: str | None) -> bool:
    return re.sub(r"\W", "", (one or "").casefold()) == re.sub(r"\W", "", (other or "").casefold())


def _tidy(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", (text or "")).strip(" ,;:-–|") or None
