"""Where 138 dioceses kept their parish directories, as found on their own sites in 2025 (`first_guesses.csv`).

Many have moved since: an address from here is a candidate like any other, fetched and proved before it is believed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

from vitality_lib.discovery.signals import Link, score, site_of
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import Candidate

KNOWN = "known from 2025"
_FILE = Path(__file__).with_name("first_guesses.csv")
_WORTH = 6.0
_NOISE = frozenset({"of", "the", "in", "and", "for", "catholic", "roman", "latin", "usa", "united", "states", "us"})
_SAME = {"saint": "st", "archdiocese": "diocese", "archeparchy": "eparchy", "mt": "mount", "ft": "fort"}


def guess_for(diocese: str) -> str | None:
    """The address for a diocese of this name: however `Saint` is spelt, and whether it has become an archdiocese."""
    return _guesses().get(_plain(diocese))


def as_candidate(url: str, website: str) -> Candidate | None:
    """An address known from before as a candidate; None when it looks like a trap (a headline, a homepage)."""
    address = absolute(url)
    found = score(Link(address, "", "onward"), site_of(website)) if address else None
    if found is None:
        return None
    return replace(
        found, score=round(found.score + _WORTH - 3.0, 2), reasons=(f"{KNOWN} {_WORTH:+g}", *found.reasons[1:])
    )


@cache
def _guesses() -> dict[frozenset[str], str]:
    with _FILE.open(encoding="utf-8", newline="") as rows:
        return {_plain(row["name"]): row["url"] for row in csv.DictReader(rows)}


def _plain(name: str) -> frozenset[str]:
    """The words of a name that tell it from others. Kept: diocese or eparchy, for two may share a city."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z]+", re.sub(r"['’.]", "", bare))
    return frozenset(_SAME.get(word, word) for word in words) - _NOISE
