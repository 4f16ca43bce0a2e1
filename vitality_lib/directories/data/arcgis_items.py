"""What leads to the layers of ArcGIS: their addresses in pages, metadata of services, web maps and the items
(dashboards, experiences, story maps, viewers) that name a web map.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

from vitality_lib.directories.data.feed import at
from vitality_lib.document import Document
from vitality_lib.models import Purpose, Request

QUERY = "query?where=1%3D1&outFields=*&outSR=4326&f=geojson"
_SERVICE = re.compile(
    r"https?://[a-z0-9.-]{4,100}/(?:[\w.-]{1,80}/){0,6}rest/services/[\w./ -]{1,200}?/(?:Feature|Map)Server"
    r"(?:/\d{1,4})?(?!\w)",
    re.I,
)
_BASEMAPS = re.compile(
    r"//(?:services|server|static|basemaps|tiles|elevation\w*|utility)\.arcgis(?:online)?\.com", re.I
)
_PORTAL = re.compile(r"(?P<portal>https?://[a-z0-9.-]{4,100}(?:/[\w-]{1,40})?)/(?:apps|home|sharing)/", re.I)
_ITEM = re.compile(
    r"(?:/(?:experience|dashboards|stories|opsdashboard/index\.html#|items)/|"
    r"\b(?:web_?map|app_?id|map_?id|item_?id|portal_?item_?id|portal-item-id|item-id|layers|(?<=[?&])id)[\"']?\s*[=:]\s*[\"']?)"
    r"(?P<id>[0-9a-f]{32})(?![0-9a-f])",
    re.I,
)
_ITEM_KEYS = frozenset({"itemid", "webmap", "webmapid", "portalitemid"})
_LIKELY = re.compile(r"parish|church|parroquia|mission", re.I)
_UNLIKELY = re.compile(r"boundar|school|cemeter|county|counties|deaner|census|basemap|zip code", re.I)
_SIGNS = ("operationalLayers", "dataSources", "widgets", "values", "resources", "nodes", "map")
_MOST_ASKS, _MOST_NODES = 3, 20_000


def asks_of_page(document: Document) -> tuple[Request, ...]:
    """The layers, services and items that a page (or a frame's address in it) names."""
    if "arcgis" not in document.folded and "rest/services" not in document.text:
        return ()
    text = unquote(unescape(document.text.replace("\\/", "/")))
    layers = [match[0] for match in _SERVICE.finditer(text)]
    if layers:
        return _asked(layers)
    portal = next((match["portal"] for match in _PORTAL.finditer(text)), "")
    return _items((match["id"] for match in _ITEM.finditer(text)), portal)


def asks_of_json(document: Document) -> tuple[Request, ...]:
    """What the JSON of a layer, a service, a web map or another item leads to; nothing when it is none of them."""
    data, address = document.json, document.url.partition("?")[0].rstrip("/")
    if not isinstance(data, dict):
        return ()
    if _SERVICE.fullmatch(address):
        return _asked(_layers_of_service(data, address))
    if "f=geojson" in document.url and at(data, "error", "code") is not None:  # a server before 10.4
        return (Request(document.url.replace("f=geojson", "f=json"), Purpose.FEED),)
    if not any(isinstance(data.get(sign), (dict, list)) for sign in _SIGNS) and not _is_item(data):
        return ()
    named = list(_named_layers(data))
    likely = [url for title, url in named if _LIKELY.search(title) and not _UNLIKELY.search(title)]
    if named:
        return _asked(likely or [url for title, url in named if not _UNLIKELY.search(title)])
    portal = document.url.partition("/sharing/")[0] if "/sharing/" in document.url else ""
    return _items(_item_ids(data), portal)


def _layers_of_service(data: dict[str, Any], address: str) -> list[str]:
    """The layers behind a service's or layer's own address, by its metadata."""
    if re.search(r"/\d+$", address):
        return [address] if isinstance(data.get("fields"), list) else []
    layers = data.get("layers")
    rows = layers if isinstance(layers, list) else []
    found = [one for one in rows if isinstance(one, dict) and not one.get("subLayerIds")]
    named = [(str(one.get("name")), f"{address}/{one['id']}") for one in found if isinstance(one.get("id"), int)]
    likely = [url for name, url in named if _LIKELY.search(name) and not _UNLIKELY.search(name)]
    return likely or [url for name, url in named if not _UNLIKELY.search(name)]


def _is_item(data: dict[str, Any]) -> bool:
    return isinstance(data.get("url"), str) and "owner" in data and bool(_SERVICE.match(data["url"]))


def _asked(services: list[str]) -> tuple[Request, ...]:
    """A layer's features, a service's list of layers."""
    own = dict.fromkeys(url for url in services if not _BASEMAPS.search(url))
    asks = (f"{url}/{QUERY}" if url[-1].isdecimal() else f"{url}?f=json" for url in own)
    return tuple(Request(url.replace(" ", "%20"), Purpose.FEED) for url in list(asks)[:_MOST_ASKS])


def _items(ids: Iterator[str], portal: str) -> tuple[Request, ...]:
    """The data of items of ArcGIS Online, or of an organisation's own portal."""
    home = portal if portal and not re.search(r"\.arcgis\.com", portal, re.I) else "https://www.arcgis.com"
    found = list(dict.fromkeys(one.lower() for one in ids))[:_MOST_ASKS]
    return tuple(Request(f"{home}/sharing/rest/content/items/{one}/data?f=json", Purpose.FEED) for one in found)


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting: deque[Any] = deque([data])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
        if isinstance(node, (dict, list)):
            waiting.extend(node.values() if isinstance(node, dict) else node)


def _named_layers(data: Any) -> Iterator[tuple[str, str]]:
    """Title and address of each layer that some data names, basemaps aside."""
    for node in _nodes(data):
        url = node.get("url")
        match = _SERVICE.match(url) if isinstance(url, str) else None
        if match and not _BASEMAPS.search(match[0]):
            yield f"{node.get('title') or node.get('name') or ''} {match[0].rsplit('/services/')[-1]}", match[0]


def _item_ids(data: Any) -> Iterator[str]:
    for node in _nodes(data):
        for key, value in node.items():
            if str(key).lower() in _ITEM_KEYS and isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value, re.I):
                yield value
