"""Names of parishes: which rows are open parishes at all, and when two rows are the same parish."""

from __future__ import annotations

import re
import unicodedata

from vitality_lib.models import LeftOut, ParishEntry

_PARISH = re.compile(
    r"\b(?:parish|parishes|church|mission|cathedral|basilica|shrine|chapel|oratory|community|quasi)\b", re.I
)
_CLOSED = re.compile(r"\b(?:closed|suppressed|merged (?:in|with)|closedparish)\b|\(merged", re.I)
_PLACEHOLDER = re.compile(r"placeholder|lorem ipsum|^(?:store|parish|location|church) name$|^(?:test|sample)\b", re.I)
_OTHERS = (
    (
        "a school",
        r"school|academy|preschool|pre-k|elementary|university|college|montessori|early childhood|child ?care",
    ),
    ("a cemetery", r"cemeter(?:y|ies)|mausoleum|columbarium|funeral home"),
    (
        "an office",
        r"office of|chancery|pastoral center|catholic charities|tribunal|retreat (?:house|center)|seminary|hospital|"
        r"nursing home|bookstore|monastery|convent|newman center",
    ),
)
_STRAY = 0.05  # a list with fewer such rows than this is a list of parishes, and these are parishes by odd names
_SAINT = {"saint": "st", "saints": "sts", "ss": "sts", "sts": "sts", "st": "st", "ste": "st", "santa": "santa"}
_NOISE = frozenset(["the", "a", "of", "and", "parish", "church", "catholic", "roman", "rc", "community", "mission"])
_STREET = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln", "highway": "hwy",
    "court": "ct", "place": "pl", "north": "n", "south": "s", "east": "e", "west": "w", "parkway": "pkwy",
}  # fmt: skip


def why_left_out(name: str) -> str | None:
    """Why a row of this name is no open parish (a school, a cemetery ...), or None when it is one."""
    if _CLOSED.search(name):
        return "closed"
    if _PLACEHOLDER.search(name):
        return "a placeholder"
    bare = re.sub(r"\([^)]*\)", " ", name)  # what stands in brackets is mostly the town: `(University City)`
    if _PARISH.search(bare):
        return None
    return next((why for why, words in _OTHERS if re.search(rf"\b(?:{words})\b", bare, re.I)), None)


def sift(entries: list[ParishEntry]) -> tuple[tuple[ParishEntry, ...], tuple[LeftOut, ...]]:
    """Open parishes, each once, and the rows left out with the reason.

    A diocese that lists its schools lists many. One or two in a long list of parishes stay: there the diocese itself
    calls them parishes.
    """
    kept: dict[str, ParishEntry] = {}
    out: list[LeftOut] = []
    others = sum((why_left_out(entry.name) or "").startswith("a") for entry in entries)
    stray = others < _STRAY * len(entries)
    for entry in entries:
        why, key = why_left_out(entry.name), identity(entry)
        if stray and why not in {None, "closed", "a placeholder"}:
            why = None
        if why:
            out.append(LeftOut(entry.name, why))
        elif key in kept:
            out.append(LeftOut(entry.name, "listed twice"))
        else:
            kept[key] = entry
    return tuple(kept.values()), tuple(out)


def identity(entry: ParishEntry) -> str:
    """What makes a parish the same over crawls: its name and place, normalised.

    The place is the city, and the street where two parishes of a name stand in one city; coordinates or the page about
    it serve where there is neither.
    """
    place = plain_street(entry.street) or ""
    city = _plain(entry.city or "")
    if not place and not city and entry.latitude is not None and entry.longitude is not None:
        place = f"{entry.latitude:.3f},{entry.longitude:.3f}"
    if not place and not city:
        place = entry.detail_url or ""
    return f"{plain_name(entry.name)}|{place}|{city}"


def plain_name(name: str) -> str:
    """`Saint Mary's Catholic Church` and `St Mary` are one; `St. Anne` and `St. Anna` are two."""
    words = [_SAINT.get(word, word) for word in _plain(re.sub(r"['’]s\b", "", name)).split()]
    return " ".join(word for word in words if word not in _NOISE) or _plain(name)


def plain_street(street: str | None) -> str | None:
    """A street address for comparison: `12 North Main Street` and `12 N. Main St` are one."""
    return " ".join(_STREET.get(word, word) for word in _plain(street or "").split()) or None


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'", "").replace("’", "")))
