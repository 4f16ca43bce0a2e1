"""robots.txt: what a site allows us (RFC 9309), read from the answer to a request for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from protego import Protego

from vitality_lib.models import Outcome, Reason
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.client import Answer
from vitality_lib.web.url import Address

MOST_BYTES = 500 * 1024  # section 2.5: what a crawler must be able to read; the rest is ignored
# Section 2.2.1: a product token is letters, `_` and `-`. A site that adds our version means us all the same.
_VERSION = re.compile(r"^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)/.*$", re.I | re.M)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Robots:
    """What one origin allows one crawler. `product` is the crawler's product token, without version."""

    file: RobotsFile
    product: str

    def refusal(self, address: Address) -> Outcome | None:
        """Why an address must not be fetched, or None when it may be."""
        if self.file.problem is not None:
            return Outcome(self.file.problem, self.file.detail)
        if self._rules is None or self._rules.can_fetch(str(address), self.product):
            return None
        return Outcome(Reason.ROBOTS_DISALLOWED, f"robots.txt of {address.authority} keeps us off {address.path}")

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests that the site asks for."""
        return self._rules.crawl_delay(self.product) if self._rules else None

    @cached_property
    def _rules(self) -> Protego | None:
        return Protego.parse(_VERSION.sub(r"\1", self.file.text)) if self.file.text else None


def read(origin: str, answer: Answer | Outcome) -> RobotsFile:
    """What an answer to `/robots.txt` means (section 2.3.1).

    4xx: no rules, all is allowed. 429, 5xx, no answer: nothing may be fetched for now, for the reason given.
    """
    if isinstance(answer, Outcome):
        return RobotsFile(origin, 0, problem=answer.reason, detail=answer.detail)
    if 200 <= answer.status < 300:
        return RobotsFile(origin, answer.status, decoded_text(answer.body))
    if answer.status == 429 or answer.status >= 500:
        reason = Reason.BLOCKED if answer.status == 429 else Reason.HTTP_ERROR
        return RobotsFile(origin, answer.status, "", reason, f"robots.txt of {origin} answers {answer.status}")
    return RobotsFile(origin, answer.status)


def decoded_text(body: bytes) -> str:
    """robots.txt as text: UTF-8 (section 2.2), or UTF-16 where a byte order mark says so; whole lines, 500 KiB."""
    if len(body) > MOST_BYTES:
        body = body[: body.rfind(b"\n", 0, MOST_BYTES) + 1]
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace").replace("\x00", "")
    return body.decode("utf-8", "replace").replace("\x00", "")
