"""What the readers of JSON feeds share: rows, what their keys mean, the feed that a page names by a key, JSONP,
the address of WordPress' `admin-ajax.php`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from vitality_lib.directories.data.tags import deanery_in, is_of_parishes, tags_of, why_no_parish
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.listing import listing, merge
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Purpose, Request, Route

_MOST_ROWS, _MOST_KEYS = 20_000, 3
_CALL = re.compile(r"[\ufeff\s]*(?:/\*\*/)?\s*[A-Za-z_$][\w.$]{0,80}\(\s*(?=[{\[])")
_AJAX = re.compile(r"""["']((?:https?:)?[^"'\s<>=?]{0,300}?admin-ajax\.php)["']""")
_LINE = re.compile(r"addr(?:ess)?[ _-]?(?:line[ _-]?)?([1-9])", re.I)


def rows(data: Any, *keys: str) -> list[dict[str, Any]]:
    """The objects of a list when most of them have all of these keys: each that has the first key, which names it.
    What one of them lacks (a parish that has not been placed on the map) is None.
    """
    if not isinstance(data, list):
        return []
    some = [row for row in data[:_MOST_ROWS] if isinstance(row, dict)]
    if sum(all(key in row for key in keys) for row in some) * 2 <= len(data):
        return []
    return [{**dict.fromkeys(keys), **row} for row in some if not keys or keys[0] in row]


def at(data: Any, *path: str) -> Any:
    """The value under a path of keys, or None."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def jsonp(document: Document) -> Any:
    """The JSON of a document, be it bare or the argument of a call (`slw({...});`); None when there is none.

    HTML in its texts makes such a script look like a page, so its kind is not asked.
    """
    return document.json if document.kind is Kind.JSON else _argument(document.text)


@lru_cache(maxsize=2)  # each platform asks
def _argument(script: str) -> Any:
    call = _CALL.match(script)
    try:
        return json.loads(script[call.end() : script.rindex(")")]) if call else None
    except (ValueError, RecursionError):
        return None


def named_feeds(platform: str, document: Document, key: re.Pattern[str], feed: str) -> DirectoryReading:
    """The reading of a page that names its feed by a key: `feed` is the address, with `{}` for it."""
    keys = dict.fromkeys(match[1] for match in key.finditer(document.text))
    asks = tuple(Request(feed.format(one), Purpose.FEED) for one in list(keys)[:_MOST_KEYS])
    return DirectoryReading(platform, Route.FEED, next=asks)


def feed_reading(
    platform: str,
    found: Iterable[Mapping[str, Any]],
    entry_of: Callable[[Mapping[str, Any]], ParishEntry | None],
    route: Route = Route.FEED,
    incomplete: str = "",
) -> DirectoryReading:
    """The reading of a feed's rows: what its tags call a school (an office, a cemetery) is no parish."""
    read = [(entry, tags_of(row)) for row in found if (entry := entry_of(row))]
    tagged = any(is_of_parishes(tag) for _, tags in read for tag in tags)
    parishes, others = [], []
    for entry, tags in read:
        if why := why_no_parish(entry.name, tags, tagged):
            others.append(LeftOut(entry.name, why))
        else:
            parishes.append(replace(entry, deanery=entry.deanery or deanery_in(tags)))
    kept = listing(parishes)
    left_out = (*others, *kept.left_out)
    return DirectoryReading(platform, route, kept.parishes, left_out=left_out, incomplete=incomplete)


def with_description(entry: ParishEntry | None, description: Any, base: str = "") -> ParishEntry | None:
    """A record, with what it lacks taken from the free text (or HTML) that the feed has about it."""
    if entry is None or not isinstance(description, str) or not description.strip():
        return entry
    text = description if "<" in description else html.unescape(description)
    node = markup.fragment(text if "<" in text else text.replace("\n", "<br>"))
    said = read_card([node], base, entry.name) if markup.lines(node) else None
    return merge(entry, said) if said else entry


def entry_by_keys(row: Mapping[str, Any], base: str, latitude: Any = None, longitude: Any = None) -> ParishEntry | None:
    """The parish of an object whose keys differ from site to site and are told by what they mean."""
    values: dict[Field, Any] = {}
    lines: dict[str, str] = {}
    for key, value in sorted(row.items(), key=lambda item: "mail" in item[0].lower()):  # where letters go, last
        if not isinstance(value, (str, int, float)) or isinstance(value, bool) or value == "":
            continue
        line, field = _LINE.fullmatch(key), field_named(key)
        if line:
            lines[line[1]] = str(value)
        elif field:
            values.setdefault(field, value)
    street = values.get(Field.STREET)
    if lines and "1" not in lines:  # `address` and `address2`
        lines["1"] = str(values.get(Field.ADDRESS) or street or "")
    address = "\n".join(lines[number] for number in sorted(lines))
    return clean_parish(
        values.get(Field.NAME),
        address=address or values.get(Field.ADDRESS) or values.get(Field.PLACE) or values.get(Field.MAILING),
        street=None if address else street,
        city=values.get(Field.CITY),
        state=values.get(Field.STATE),
        zip=values.get(Field.ZIP),
        phone=values.get(Field.PHONE),
        email=values.get(Field.EMAIL),
        website=values.get(Field.WEBSITE),
        pastor=values.get(Field.PASTOR),
        latitude=values.get(Field.LATITUDE) if latitude is None else latitude,
        longitude=values.get(Field.LONGITUDE) if longitude is None else longitude,
        detail_url=values.get(Field.DETAIL),
        deanery=values.get(Field.DEANERY),
        rite=values.get(Field.RITE),
        languages=values.get(Field.LANGUAGES),
        churches=values.get(Field.CHURCHES),
        status=values.get(Field.STATUS),
        base=base,
    )


def admin_ajax(document: Document, query: str) -> str | None:
    """The site's `admin-ajax.php` with a query: as a script of the page names it, else at its usual place."""
    match = _AJAX.search(document.text)
    address = absolute(match[1].replace("\\/", "/") if match else "/wp-admin/admin-ajax.php", document.url)
    return f"{address}?{query}" if address else None
