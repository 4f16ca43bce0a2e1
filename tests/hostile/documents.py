"""Pages that are made to choke who reads them. Each is fetched, and read by every reader we have."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from case import Case, Way
from hostile_server import Behaviour, Visitor

_MOST = 5 * 2**20 - 4096  # as much as is read of a page
_XML = "application/xml"
_JSON = "application/json"


def _full_of(part: str, begin: str = "<!doctype html><body>", end: str = "") -> Callable[[], bytes]:
    def make() -> bytes:
        room = _MOST - len(begin.encode()) - len(end.encode())
        return begin.encode() + part.encode() * (room // len(part.encode())) + end.encode()

    return make


def _laughs(root: str, leaf: str) -> Callable[[], bytes]:
    entities = ['<!ENTITY a "ha">', *(f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 12))]
    body = f"<?xml version='1.0'?><!DOCTYPE x [{''.join(entities)}]><{root}><{leaf}>&l;</{leaf}></{root}>"
    return body.encode


def _external(system: str) -> Behaviour:
    async def behave(visitor: Visitor) -> None:
        where = system.format(canary=visitor.canary)
        dtd = f"<!DOCTYPE kml SYSTEM '{where}' [<!ENTITY e SYSTEM '{where}'><!ENTITY % p SYSTEM '{where}'>%p;]>"
        body = f"<?xml version='1.0'?>{dtd}<kml><Placemark><name>&e;</name></Placemark></kml>"
        await visitor.reply(body, Content_Type=_XML)

    return behave


def _page(make: Callable[[], bytes], kind: str = "text/html", slow: bool = False) -> Case:
    made = cache(make)

    async def behave(visitor: Visitor) -> None:
        await visitor.reply(made(), Content_Type=kind)

    return Case(behave=behave, way=Way.READ, slow=slow)


CASES: dict[str, Case] = {
    "divs within divs": _page(_full_of("<div>")),
    "tables within tables": _page(_full_of("<table><tr><td>"), slow=True),
    "lists within lists": _page(_full_of("<ul><li>Mass 9:00 am"), slow=True),
    "cells that span all": _page(lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=65534>Mass<td>9" * 5000),
    "an attribute of five megabytes": _page(_full_of("x", "<a href='", "'>Mass</a>"), slow=True),
    "a million attributes": _page(_full_of("a=1 ", "<body><div ", ">"), slow=True),
    "a quarter of a million links": _page(_full_of("<a href=/mass>M</a>"), slow=True),
    "comments that do not end": _page(_full_of("<!-- "), slow=True),
    "nothing but brackets": _page(_full_of("<"), slow=True),
    "a gap of five megabytes": _page(_full_of(" ", "<body>Sunday Mass", "9:00 am"), slow=True),
    "times without end": _page(_full_of("9:00 am, ", "<body>Sunday Mass ")),
    "days without end": _page(_full_of("Sunday - Monday ", "<body>Mass "), slow=True),
    "data in a script, never closed": _page(_full_of('{"lat":1,"name":[', "<body><script>var parishes = "), slow=True),
    "JSON-LD of depth 100000": _page(
        lambda: b"<body><script type='application/ld+json'>" + b'{"@graph":[' * 100_000 + b"</script>"
    ),
    "JSON of depth 100000": _page(lambda: b"[" * 100_000 + b"]" * 100_000, _JSON),
    "a JSON number of a million digits": _page(lambda: b'{"parishes":[' + b"9" * 1_000_000 + b"]}", _JSON),
    "a billion laughs in KML": _page(_laughs("kml", "name"), _XML),
    "a billion laughs in a sitemap": _page(_laughs("urlset", "url"), _XML),
    "a billion laughs in HTML": _page(_laughs("html", "body")),
    "an entity that is a file": Case(behave=_external("file:///etc/passwd"), way=Way.READ, lacks=b"root:"),
    "an entity that is loopback": Case(behave=_external("http://127.0.0.1:{canary}/"), way=Way.READ),
    "XML of depth a million": _page(_full_of("<a>", "<?xml version='1.0'?><kml>"), _XML),
    "a charset that is another": _page(
        lambda: "<body>Misa ñ Sunday Mass 9:00 am".encode("utf-16"), "text/html; charset=utf-8"
    ),
    "a charset that is none": _page(lambda: b"<body>Sunday Mass 9:00 am \xff\xfe", "text/html; charset=" + "x" * 9999),
    "a charset that runs code": _page(
        lambda: b"<meta charset=unicode_escape><body>Mass \\x41", "text/html; charset=zlib"
    ),
    "NULs among the letters": _page(
        _full_of("M\0ass 9:00 am ", "<!doctype html><title>" + "a" * 1100 + "</title>"), slow=True
    ),
    "letters that turn the line": _page(_full_of("\u202eMass\u2066 9:00 \u200b", "<body>"), slow=True),
    "letters piled upon letters": _page(_full_of("M\u0301\u0302\u0303\u0304", "<body>")),
    "control characters": _page(_full_of("\x1b[2J\x07\x08Mass\x7f ", "<body>"), slow=True),
}
