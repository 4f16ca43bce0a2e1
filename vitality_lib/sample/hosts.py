"""What every host of the sample web answers: its pages, or what its conduct makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from vitality_lib.models import Reason
from vitality_lib.sample import country, pages
from vitality_lib.sample.country import Conduct

USCCB_URL = f"http://{pages.USCCB_HOST}{pages.USCCB_PATH}"

_TEXT = MappingProxyType({"Content-Type": "text/plain; charset=utf-8"})
_HTML = MappingProxyType({"Content-Type": "text/html; charset=utf-8"})
_HUGE_BYTES = 6 * 2**20
_ALLOW = b"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
_PARKED = b"""<!DOCTYPE html><html><head><title>Parish web address</title></head>
<body><h1>This domain is for sale</h1><p>Make an offer today.</p></body></html>
"""
_PATIENCE = b"User-agent: *\nCrawl-delay: 5\n"
_DISALLOW = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True)
class Answer:
    """Body, status and headers of a response."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: _TEXT)

    @property
    def etag(self) -> str | None:
        return self.headers.get("ETag")


NOT_FOUND = Answer(b"<!DOCTYPE html><title>Page not found</title><h1>Page not found</h1>", 404, _HTML)
SERVER_ERROR = Answer(b"Internal Server Error\n", 500)
REFUSAL = Answer(b"<h1>403 Forbidden</h1>", 403, _HTML)
GARBAGE = Answer(bytes(range(256)) * 8, 200, _HTML)


@dataclass(frozen=True)
class Host:
    """Answers by path; `otherwise` for all other paths. `slow` hosts take their time, others hang up at once."""

    answers: Mapping[str, Answer]
    otherwise: Answer = NOT_FOUND
    slow: bool = False
    hangs_up: bool = False

    def answer(self, target: str) -> Answer:
        """What is sent for a request's target; the query counts only where an address of its own is known with it."""
        path = target.partition("?")[0]
        return self.answers.get(target) or self.answers.get(path.rstrip("/") or "/") or self.otherwise


def hosts() -> dict[str, Host]:
    """Every host by its name, each also with and without `www.`."""
    found = {pages.USCCB_HOST: well(pages.usccb(country.dioceses()))}
    for diocese in country.dioceses():
        found |= of_diocese(diocese, pages.of_diocese(diocese))
        for parish in diocese.listed:
            found |= of_parish(parish, pages.of_parish(parish))
    return {alias: host for name, host in found.items() for alias in aliases(name)}


def of_diocese(diocese: country.Diocese, content: Mapping[str, Mapping[str, pages.Content]]) -> dict[str, Host]:
    """The hosts of a diocese whose pages, by host and path, are these."""
    found = {
        name: _behaving(well(own), diocese.conduct if name == diocese.host else Conduct.WELL)
        for name, own in content.items()
    }
    if diocese.moved_to:
        found[country.host_of(diocese.website or "")] = _gone_to(diocese.moved_to, found[diocese.host])
    return found


def of_parish(parish: country.Parish, content: Mapping[str, pages.Content]) -> dict[str, Host]:
    """The hosts of a parish whose pages, by path, are these: two when its site has moved."""
    if parish.site is None:
        return {}
    host = well(content)
    if parish.site.conduct is not Conduct.MOVED:
        return {parish.host: _behaving(host, parish.site.conduct)}
    return {parish.site.moved_to: host, parish.host: _gone_to(parish.site.moved_to, host)}


def _gone_to(name: str, host: Host) -> Host:
    """The old host of a site that is now at `name`: each page leads to the same page there."""
    return Host({path: _redirect(f"http://{name}{path}") for path in host.answers if path != "/robots.txt"})


def aliases(name: str) -> tuple[str, str]:
    """A host with and without `www.`."""
    return (name, name.removeprefix("www.") if name.startswith("www.") else f"www.{name}")


def well(content: Mapping[str, pages.Content]) -> Host:
    """A host that has these pages, by path, and lets everybody read them."""
    answers = {path: _page(one.body, one.type) for path, one in content.items()}
    return Host({"/robots.txt": Answer(_ALLOW), **answers})


def _page(body: bytes, kind: str) -> Answer:
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Answer(body, 200, {"Content-Type": kind, "ETag": tag, "Cache-Control": "max-age=300"})


def _redirect(to: str) -> Answer:
    return Answer(b"", 301, {"Location": to})


def _behaving(host: Host, conduct: Conduct) -> Host:
    match conduct:
        case Conduct.SLOW:
            return replace(host, answers={**host.answers, "/robots.txt": Answer(_PATIENCE)}, slow=True)
        case Conduct.HANGS_UP:
            return replace(host, hangs_up=True)
        case Conduct.DISALLOWS:
            return replace(host, answers={**host.answers, "/robots.txt": Answer(_DISALLOW)})
    return _UNHAPPY.get(conduct, host)


def _always(answer: Answer) -> Host:
    """A host that gives one answer to everything but robots.txt."""
    return Host({"/robots.txt": Answer(_ALLOW)}, answer)


_CIRCLE = {"/": _redirect("/home"), "/home": _redirect("/welcome"), "/welcome": _redirect("/")}
_UNHAPPY = {
    Conduct.GONE: Host({}),
    Conduct.BROKEN: Host({}, SERVER_ERROR),
    Conduct.REFUSES: _always(REFUSAL),
    Conduct.CHALLENGES: _always(
        Answer(b"<title>Just a moment...</title>", 503, {**_HTML, "cf-mitigated": "challenge"})
    ),
    Conduct.CIRCLES: Host({"/robots.txt": Answer(_ALLOW), **_CIRCLE}),
    Conduct.PARKED: _always(Answer(_PARKED, 200, _HTML)),
    Conduct.GARBAGE: _always(GARBAGE),
    Conduct.EMPTY: _always(Answer(b"\n", 200, _HTML)),
    Conduct.HUGE: _always(Answer(b"<p>" + b"la " * (_HUGE_BYTES // 3), 200, _HTML)),
}
LIST_HOSTS = frozenset(aliases(pages.USCCB_HOST))

# How a visit to a homepage of each conduct ends; the others end by what the site says.
ENDS = {
    Conduct.GONE: Reason.HTTP_ERROR,
    Conduct.BROKEN: Reason.HTTP_ERROR,
    Conduct.REFUSES: Reason.BLOCKED,
    Conduct.CHALLENGES: Reason.BLOCKED,
    Conduct.HANGS_UP: Reason.CONNECTION_FAILURE,
    Conduct.DISALLOWS: Reason.ROBOTS_DISALLOWED,
    Conduct.CIRCLES: Reason.TOO_MANY_REDIRECTS,
    Conduct.PARKED: Reason.PARKED_DOMAIN,
    Conduct.GARBAGE: Reason.UNREADABLE,
    Conduct.EMPTY: Reason.UNREADABLE,
    Conduct.HUGE: Reason.TOO_LARGE,
}
