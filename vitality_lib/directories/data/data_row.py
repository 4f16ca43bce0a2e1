"""One parish out of an object of any data: keys told by what they mean, objects within it laid flat, its HTML read.

Keys differ from site to site: `parishName`, `PARISHNAME`, `Parish_Nam` (cut at ten characters by a shapefile),
`address: {locality: ...}`, `title: {rendered: ...}`, `position: [41.2, -87.1]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from vitality_lib.directories.data.feed import entry_by_keys
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.listing import merge
from vitality_lib.directories.parish.records import coordinate
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.models import ParishEntry

Row = Mapping[str, Any]
_VALUES = ("rendered", "value", "uri", "url", "href", "formatted", "formatted_address", "number", "text", "html")
_INSIDE = re.compile(
    r"addr|locat|contact|geo|coord|position|lat_?l|point|attributes|fields|acf|meta|properties|data|info|details|"
    r"physical|place|parish|church|store|phone|web|link|popup|marker|content|venue|custom",
    re.I,
)
_SEVERAL = re.compile(r"addr|phone|tel|mail|web|link|url|contact|coord|geo|point", re.I)
_POINT = re.compile(r"coord|lat_?l(?:ng|on)|latitude_?longitude|position|geo|point|location|center", re.I)
_PAIR = re.compile(r"\s*\(?(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\)?\s*")
_APART = re.compile(
    r"^(parish|church|street|phone|mail(?:ing)?|email|web|postal|pstl|zip|city|store|state|full|site|cont|"
    r"st(?=addr|abbr|prov)|post(?=city))(?=[a-z]{3,})",
    re.I,
)  # ZIPCODE, PSTLCITY, CONTPHONE, STPROV
_CALLED = re.compile(
    r"(?:display|full|location|loc|place|post|short|marker|site|facility|entity|account|institution|user|field)\W*"
    r"(?:name|title)(?: value)?|headline|heading|nam(?:e ?en)?",
    re.I,
)
_CUT = ("e", "s", "r", "ress", "dress", "site")  # what shapefiles cut off: PARISH_NAM, WEB_ADDRES, PHONENUMBE
_HTML = re.compile(r"<(?:[a-z]+[1-6]?)[\s/>]", re.I)
_ENDLESS = re.compile(r"[^\s<>]{2000,}")  # pictures written out, and the like: no word of a card
_MOST_KEYS, _DEPTH, _LONGEST = 200, 3, 20_000


def entry_of(row: Row, base: str, latitude: Any = None, longitude: Any = None) -> ParishEntry | None:
    """The parish of an object; None when it names none."""
    plain: dict[str, Any] = {}
    for key, value in _flat(row, _DEPTH):
        if value not in (None, "") and not (isinstance(value, str) and _PAIR.fullmatch(value[:80])):
            plain.setdefault(meant(key), value)
    north, east = (latitude, longitude) if latitude is not None else _point(row)
    entry = entry_by_keys(plain, base, north, east)
    pieces = [value for key, value in plain.items() if isinstance(value, str) and _HTML.search(value[:_LONGEST])]
    said = _ENDLESS.sub(" ", "<br>".join(piece[:_LONGEST] for piece in pieces))
    card = read_card([markup.fragment(said)], base, entry.name if entry else "") if pieces else None
    if entry is None and card is not None:
        entry = entry_by_keys({**plain, "name": card.name}, base, north, east)
    return merge(entry, card) if entry and card else entry


def _flat(row: Row, depth: int) -> Iterator[tuple[str, Any]]:
    """The values of an object, its own before those of the objects within it."""
    items = [(str(key), value) for key, value in row.items()][:_MOST_KEYS]
    yield from ((key, value) for key, value in items if not isinstance(value, (Mapping, list)))
    for key, value in items:
        inner = _first(key, value)
        if isinstance(inner, Mapping):
            said = next((inner[name] for name in _VALUES if isinstance(inner.get(name), (str, int, float))), None)
            named = field_named(key)
            if said is None and named in {Field.PASTOR, Field.DEANERY, Field.CITY, Field.STATE, Field.RITE}:
                said = inner.get("name") or inner.get("title")
            if said is not None:
                yield key, said
            if depth and _INSIDE.search(key) and named is not Field.MAILING:
                yield from _flat(inner, depth - 1)
        elif inner is not value:
            yield key, inner


def _first(key: str, value: Any) -> Any:
    """The first of several telephones, addresses or links; a list of other objects (a deanery's parishes) stays."""
    several = isinstance(value, list) and value and not isinstance(value[0], list)
    return value[0] if several and (_SEVERAL.search(key) or not isinstance(value[0], Mapping)) else value


@lru_cache(maxsize=4096)
def meant(key: str) -> str:
    """A key as the vocabulary of fields knows it, or as it is."""
    if field_named(key):
        return key
    if line := re.fullmatch(r"(?:address ?)?line[ _]?([1-4])", key, re.I):
        return f"address line {line[1]}"
    apart = re.sub(r"^(?:user|loc|f|usr)[ _]|(?<=[a-z])[ _]?1$|(?<=[a-z])s$", "", key, flags=re.I)
    tries = [apart, _APART.sub(r"\1 ", apart), *(key + rest for rest in _CUT if len(key) == 10)]
    if _CALLED.fullmatch(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)):
        tries.append("name")
    return next((one for one in tries if field_named(one) not in {None, Field.OTHER}), key)


def means_name(key: Any) -> bool:
    """Whether what stands under a key is a name."""
    return field_named(meant(str(key))) is Field.NAME


def _point(row: Row, depth: int = 2) -> tuple[Any, Any]:
    """The coordinates that stand in one value: a pair of numbers, or a string of two; in the Americas the western is
    the longitude.
    """
    for key, value in list(row.items())[:_MOST_KEYS]:
        if not _POINT.search(str(key)):
            continue
        if isinstance(value, Mapping) and depth:
            pair: Any = _point(value, depth - 1)
        elif isinstance(value, list) and len(value) in {2, 3}:
            pair = tuple(value[:2])
        else:
            match = _PAIR.fullmatch(value[:80]) if isinstance(value, str) else None
            pair = match.groups() if match else (None, None)
        one, other = coordinate(pair[0], 180), coordinate(pair[1], 180)
        if one is not None and other is not None:
            return (other, one) if one < 0 < other else (one, other)
    return None, None
