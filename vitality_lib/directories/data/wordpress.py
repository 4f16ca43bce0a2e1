"""What readers of WordPress sites share: addresses, pages and rows of the REST API, lists that stand in scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from vitality_lib.directories.data.feed import admin_ajax, entry_by_keys
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.listing import merge
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute, same_site
from vitality_lib.models import ParishEntry, Purpose, Request

PER_PAGE = 100  # the most that WordPress gives
_MOST_OBJECTS, _MOST_BODY = 5000, 20_000
_API = re.compile(r"""["'](https?:[^"'<>\s]{1,200}/wp-json/)""")
_STANDARD = frozenset([
    "id", "date", "date_gmt", "guid", "modified", "modified_gmt", "slug", "status", "type", "link", "title", "content",
    "excerpt", "author", "parent", "template", "featured_media", "menu_order", "comment_status", "ping_status",
    "format", "sticky", "class_list", "categories", "tags", "jetpack_shortlink", "default_category", "post_category",
    "post_tags", "featured", "featured_image", "images", "rating", "rating_count",
])  # fmt: skip
_PICTURES = frozenset({"sizes", "mime_type", "media_details"})


def is_wordpress(document: Document) -> bool:
    return any(sign in document.text for sign in ("wp-content/", "wp-json", "wp-includes/", 'content="WordPress'))


def rest(document: Document, path: str) -> str | None:
    """An address of the site's REST API: where the page says it is, else at its usual place."""
    links = (link for link in document.tree.iter("link") if link.get("rel") == "https://api.w.org/")
    named = next((str(link.get("href")) for link in links), None) or _named(document.text)
    root = absolute(named or "/wp-json/", document.url)
    if not root:
        return None
    return root + (path.replace("?", "&", 1) if "?" in root else path)


def ajax(document: Document) -> str | None:
    """The site's `admin-ajax.php`, for a form that is posted."""
    address = admin_ajax(document, "")
    return address.rstrip("?") if address else None


def next_page(document: Document, rows: int) -> tuple[Request, ...]:
    """The page of the REST API after this one: as its header says how many there are, else when this one is full."""
    address, _, fields = document.url.partition("?")
    query = dict(parse_qsl(fields))
    page, full = query.get("page", "1"), query.get("per_page", "10")
    if not address or not (page.isdecimal() and full.isdecimal()):
        return ()
    pages = document.page.headers.get("x-wp-totalpages", "")
    more = int(page) < int(pages) if pages.isdecimal() else 0 < int(full) <= rows
    query["page"] = str(int(page) + 1)
    return (Request(f"{address}?{urlencode(query, safe='/')}", Purpose.NEXT),) if more else ()


def objects_after(text: str, key: str) -> Iterator[dict[str, Any]]:
    """The objects of each list that stands under a key in a script (`"pois":[{...}, ...`), as far as each is whole."""
    decoder = json.JSONDecoder()
    for start in re.finditer(rf'"{key}"\s*:\s*\[', text):
        at, left = start.end(), _MOST_OBJECTS
        while left and (step := re.compile(r"[\s,]*(?=\{)").match(text, at)):
            try:
                value, at = decoder.raw_decode(text, step.end())
            except (ValueError, RecursionError):
                break
            left -= 1
            yield value


def plain(value: Any) -> Any:
    """A field of the REST API without its wrapping: `{"rendered": "St. Odo"}` is `St. Odo`."""
    if isinstance(value, Mapping):
        return next((value[key] for key in ("rendered", "raw") if isinstance(value.get(key), str)), None)
    return value


def flat(row: Mapping[str, Any], depth: int = 3) -> dict[str, Any]:
    """An object's values without its nesting, as Advanced Custom Fields has it: links, places on maps, groups."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping) and depth and not _PICTURES & value.keys():
            found = {**_flat_inside(key, value, depth), **found}
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            found[key] = "\n".join(value[:20])
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found.setdefault(key, _address_in(key, value))
    return found


def own_fields(post: Mapping[str, Any]) -> dict[str, Any]:
    """What a site itself keeps about a post: its own fields, flat, and the post's page."""
    own = flat(
        {key: value for key, value in post.items() if key not in _STANDARD and not key.startswith(("yoast", "_"))}
    )
    return {**own, "permalink": plain(post.get("link"))}


def entry(name: Any, values: Mapping[str, Any], link: Any, body: Any, base: str) -> ParishEntry | None:
    """A parish of named values, with what its text (HTML) adds. `link` leads to the site's own page about it, or away
    from the site to the parish's.
    """
    own = {key: value for key, value in values.items() if field_named(key) is not Field.NAME}
    target = absolute(link, base) if isinstance(link, str) else None
    if target:
        own.setdefault("permalink" if same_site(target, base) else "website", target)
    told = entry_by_keys({"name": name, **own}, base)
    text = markup.fragment(body[:_MOST_BODY]) if isinstance(body, str) else None
    shown = read_card([text], base, told.name) if told and text is not None and markup.lines(text) else None
    return merge(told, shown) if told and shown else told


def _named(text: str) -> str | None:
    match = _API.search(text.replace("\\/", "/") if "wp-json" in text else "")
    return match[1] if match else None


def _flat_inside(key: str, value: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """The values of an object under a key: a link, a place on a map, or a group of fields."""
    if isinstance(value.get("url"), str) and value.keys() <= {"url", "title", "target", "link_text"}:
        return {key: value["url"]}
    if isinstance(said := plain(value), str) or isinstance(said := value.get("label"), str):
        return {key: said}
    if {"lat", "lng"} <= value.keys() and isinstance(value.get("address"), str):
        value = {name: value[name] for name in ("address", "lat", "lng")}
    inner = flat(value, depth - 1)
    return {name if field_named(name) else f"{key} {name}": one for name, one in inner.items()}


def _address_in(key: str, value: Any) -> Any:
    """The link of a website that is given as HTML (`<a href="https://...">Website</a>`), else the value."""
    if isinstance(value, str) and "<a " in value.lower() and field_named(key) in {Field.WEBSITE, Field.DETAIL}:
        link = next(iter(markup.anchors(markup.fragment(value))), None)
        return str(link.get("href")).strip() if link is not None else value
    return value
