"""The several cells of a record (street, city, state, ZIP, or the address in one piece) become one place."""

from __future__ import annotations

import re

from vitality_lib.directories.parish.address import Place, split_address
from vitality_lib.directories.parish.address_line import STATE_AND_ZIP_AT_END, one_line, trimmed
from vitality_lib.directories.parish.states import state_code
from vitality_lib.directories.parish.streets import NO_CITY, STREET_WORD
from vitality_lib.directories.parish.zips import ZIP_PATTERN, tidy_zip


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
    known_city = trimmed(city)
    whole = split_address(address) if address else Place()
    if not known_city and not street and _is_town(whole):
        whole = Place(None, whole.street, known_state, known_zip)
    if known_city and whole.city and not whole.state:
        # `12 Elm St, Dayton` beside a cell `Dayton`, or `Rectory, 12 Elm St`
        whole = Place(whole.street if _same(known_city, whole.city) else trimmed(one_line(address)))
    elif known_city and whole.city and not whole.street and not whole.state:
        whole = Place(whole.city)
    found = Place(
        trimmed(one_line(street)) or whole.street,
        known_city or whole.city,
        known_state or whole.state,
        known_zip or whole.zip,
    )
    return _street_without_tail(found) if street else found


def _is_town(place: Place) -> bool:
    """Whether an address is but the name of a town: letters alone, few words, none of them a road's."""
    said = place.street or ""
    return (
        bool(re.fullmatch(r"[^\W\d_][^\d,]{1,40}", said))
        and not (place.city or place.state)
        and len(said.split()) <= 4
        and not re.search(STREET_WORD, re.sub(r"^St\.? ", "", said), re.I)
        and not NO_CITY.match(said)
    )


def _street_without_tail(place: Place) -> Place:
    """A street cell that repeats city, state and ZIP loses them, when they agree with the other cells."""
    tail = STATE_AND_ZIP_AT_END.search(place.street or "")
    if not place.street or not tail or not tail["zip"]:
        return place
    inner = split_address(place.street)
    if (
        inner.street
        and _same(inner.city, place.city)
        and inner.state == place.state
        and not re.search(ZIP_PATTERN, inner.street)
    ):
        return Place(inner.street, place.city, place.state, place.zip or inner.zip)
    return place


def _same(one: str | None, other: str | None) -> bool:
    return re.sub(r"\W", "", (one or "").casefold()) == re.sub(r"\W", "", (other or "").casefold())
