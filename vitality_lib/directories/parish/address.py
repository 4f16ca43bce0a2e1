"""An address in one text becomes street, city, state and ZIP."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vitality_lib.directories.parish.address_line import STATE_AND_ZIP_AT_END, one_line
from vitality_lib.directories.parish.states import state_code
from vitality_lib.directories.parish.street_and_city import street_and_city, street_and_perhaps_city
from vitality_lib.directories.parish.streets import looks_like_street
from vitality_lib.directories.parish.zips import ZIP_PATTERN, tidy_zip

_ZIP_AT_END = re.compile(rf"(?:^|[\s,])(?P<zip>{ZIP_PATTERN})[\s,.]*$", re.I)
_NUMBERED = re.compile(
    r"(?:^|\b(?:box|drawer|route|rte|rt|hwy|highway|road|rd|cr|fm|suite|ste|unit|no|#)\.?)\s*$", re.I
)
_ALSO_OF_STREETS = {"NE": ("68", "69"), "CT": ("06",)}  # codes that end streets, too, with how the states' ZIPs begin


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
    bare = one_line(text)
    tail = STATE_AND_ZIP_AT_END.search(bare)
    if tail and (state := _state_of(tail, bare[: tail.start("state")])):
        zip_ = tidy_zip(tail["zip"])
        street, city = street_and_city(bare[: tail.start()].strip(" ,"), f"{state} {zip_ or ''}")
        return Place(street, city, state, zip_)
    tail = _ZIP_AT_END.search(bare)
    if tail and not _NUMBERED.search(bare[: tail.start()]):
        street, city = street_and_city(bare[: tail.start()].strip(" ,"), tail["zip"])
        if city and not street and looks_like_street(city):
            street, city = city, None
        return Place(street, city, None, tidy_zip(tail["zip"]))
    return Place(*street_and_perhaps_city(bare))


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
