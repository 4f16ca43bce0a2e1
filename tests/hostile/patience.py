"""With all limits as in production: how long the longest of hosts can hold us."""

from __future__ import annotations

from case import Case, Way
from hostile_server import Behaviour, Visitor
from transport import says

from vitality_lib.models import Reason

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNK = b"x" * 65536
_DRIPS = says(_OK + b"\r\n<p>", b"x", 0.5)
_HEADERS = says(_OK, b"X: a\r\n", 0.5)
_FLOOD = says(_OK, b"X: a\r\n" * 5000)
_BODY = says(_OK + b"\r\n", _CHUNK)
_SLOW_BODY = says(_OK + b"\r\n", _CHUNK, 1.0)


def _part(behave: Behaviour, most: int) -> Case:
    """A page whose script asks for what has that behaviour, and once more when that has ended.

    `most` requests are made: the page, the part and, where the part was not too slow, the second one; what failed in
    passing is asked for twice.
    """

    async def page(visitor: Visitor) -> None:
        if visitor.path != "/":
            await behave(visitor)
            return
        again = "fetch('/again').catch(() => 0)"
        await visitor.reply(f"<!doctype html><main>Mass</main><script>fetch('/part').catch(() => {again})</script>")

    return Case(behave=page, way=Way.BROWSE, holds=b"<main>Mass</main>", slow=True, most=most)


CASES: dict[str, Case] = {
    "patience: a body that drips": Case(Reason.TIMEOUT, _DRIPS, slow=True),
    "patience: headers that drip": Case(Reason.TIMEOUT, _HEADERS, slow=True),
    "patience: headers without end": Case(Reason.CONNECTION_FAILURE, _FLOOD, slow=True),
    "patience: a body without end": Case(Reason.TOO_LARGE, _BODY, slow=True),
    "patience: a slow body without end": Case(Reason.TIMEOUT, _SLOW_BODY, slow=True),
    "patience: a page that drips, for the browser": Case(Reason.TIMEOUT, _DRIPS, way=Way.BROWSE, slow=True),
    "patience: a part that drips": _part(_DRIPS, 2),
    "patience: a part whose headers drip": _part(_HEADERS, 2),
    "patience: a part of headers without end": _part(_FLOOD, 5),
    "patience: a part without end": _part(_BODY, 3),
    "patience: a script that never ends": Case(
        Reason.TIMEOUT,
        says(_OK + b"Connection: close\r\n\r\n<!doctype html><main>Mass</main><script>for (;;);</script>"),
        way=Way.BROWSE,
        slow=True,
    ),
}
