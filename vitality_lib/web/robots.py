"""robots.txt: what a site allows us (RFC 9309), read from the answer to a request for it.

Protego judges paths. Which lines are ours is settled here, since Protego takes a part of a name for the name, and a
line that it does not know for the end of a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from protego import Protego

from vitality_lib.models import Outcome, Reason
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.client import Answer
from vitality_lib.web.url import Address

MOST_BYTES = 500 * 1024  # section 2.5: what a crawler must be able to read; the rest is ignored
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CUT_BOM = re.compile(rb"^\xef(?:\xbb\xbf?)?")  # a mark cut short is skipped by others, too
_MARKUP = re.compile(r"\s*<[a-z!?/]", re.I)
_AGENT = re.compile(r"user[- ]?agent(?:\s*:|\s)\s*(.*)", re.I)
# What Protego takes for a rule of a group, with its ways to misspell them.
_RULE = re.compile(r"(?:allow|disallow|dissallow|dissalow|disalow|diasllow|disallaw|crawl[- ]delay)\s*(?::|\s)", re.I)
_TOKEN = re.compile(r"\*(?=\s|$)|[a-z_-]+", re.I)  # section 2.2.1; what follows (a version) does not count
_NOBODY = "!"  # in no product token
_NO_LINE_ENDS = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # for RFC 9309, though for Python they are


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
        return Protego.parse(_by_token(self.file.text, self.product)) if self.file.text else None


def product_token(user_agent: str) -> str:
    """The product token of a User-Agent header: what a robots.txt calls us by (section 2.2.1)."""
    return re.split(r"[/\s]", user_agent, maxsplit=1)[0]


def read(origin: str, answer: Answer | Outcome) -> RobotsFile:
    """What an answer to `/robots.txt` means (section 2.3.1).

    4xx: no rules, all is allowed; so with a page of HTML in the file's place, told by how it begins, for servers call
    good files HTML. 429, 5xx, no answer: nothing may be fetched for now, for the reason given.
    """
    if isinstance(answer, Outcome):
        return RobotsFile(origin, 0, problem=answer.reason, detail=answer.detail)
    if 200 <= answer.status < 300:
        text = decoded_text(answer.body)
        return RobotsFile(origin, answer.status, "" if _MARKUP.match(text) else text)
    if answer.status == 429 or answer.status >= 500:
        reason = Reason.BLOCKED if answer.status == 429 else Reason.HTTP_ERROR
        return RobotsFile(origin, answer.status, "", reason, f"robots.txt of {origin} answers {answer.status}")
    return RobotsFile(origin, answer.status)


def decoded_text(body: bytes) -> str:
    """robots.txt as text: UTF-8 (section 2.2), or UTF-16 where a byte order mark says so; whole lines, 500 KiB.

    NULs go: without them UTF-16 that has no mark can be read, too, as far as it is ASCII.
    """
    text = _decoded(body[:MOST_BYTES]).replace("\x00", "")
    if len(body) <= MOST_BYTES:
        return text
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1]


def _decoded(body: bytes) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    return _CUT_BOM.sub(b"", body).decode("utf-8", "replace")


def _by_token(text: str, product: str) -> str:
    """The rules of a file under the names that Protego cannot mistake: ours, `*`, nobody's.

    Records that are no rule go: they must not part the names of a group (section 2.2.4). Crawl-delay is taken as a rule
    of its group, as those who write it mean it.
    """
    lines = []
    for line in re.split(r"[\r\n]+", text):
        bare = _NO_LINE_ENDS.sub(lambda end: quote(end[0]), line.partition("#")[0].strip())
        if named := _AGENT.match(bare):
            lines.append(f"User-agent: {_called(named[1], product)}")
        elif _RULE.match(bare):
            lines.append(bare)
    return "\n".join(lines)


def _called(name: str, product: str) -> str:
    token = _TOKEN.match(name)
    if token and token[0].lower() == product.lower():
        return product
    return "*" if token and token[0] == "*" else _NOBODY
