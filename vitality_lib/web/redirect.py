"""Where a redirect leads (RFC 9110 section 15.4)."""

from __future__ import annotations

from vitality_lib.models import Outcome
from vitality_lib.web.client import Answer
from vitality_lib.web.url import Address, WebAddressError, canonical

PERMANENT = frozenset({301, 308})
KEEPS_METHOD = frozenset({307, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SHOWN = 100  # characters of an address that is none


def redirect_target(answer: Answer | Outcome, noisy: bool = False) -> Address | None:
    """The address an answer sends us to, or None when it sends us nowhere we could go.

    With `noisy` its session ids and campaign names are kept: see `canonical`.
    """
    if isinstance(answer, Outcome) or not _location(answer):
        return None
    try:
        return canonical(_location(answer), base=str(answer.address), noisy=noisy)
    except WebAddressError:
        return None


def said_of(answer: Answer) -> str:
    """For an outcome's detail: address, status and, of a redirect that leads nowhere we could go, where it leads."""
    where = _location(answer)
    leads = f" to {where[:_SHOWN]!r}, which is no address of a web page" if where else ""
    return f"{answer.address}: {answer.status}{leads}"


def _location(answer: Answer) -> str:
    return _as_utf8(answer.headers.get("location", "")) if answer.status in _REDIRECTS else ""


def _as_utf8(location: str) -> str:
    """Headers come as Latin-1; an address beyond ASCII in one is UTF-8 nearly everywhere."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
