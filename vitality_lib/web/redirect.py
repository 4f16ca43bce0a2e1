"""Where a redirect leads (RFC 9110 section 15.4)."""

from __future__ import annotations

from vitality_lib.models import Outcome
from vitality_lib.web.client import Answer
from vitality_lib.web.url import Address, WebAddressError, canonical

PERMANENT = frozenset({301, 308})
KEEPS_METHOD = frozenset({307, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def redirect_target(answer: Answer | Outcome, noisy: bool = False) -> Address | None:
    """The address an answer sends us to, or None when it sends us nowhere we could go.

    With `noisy` its session ids and campaign names are kept: see `canonical`.
    """
    if isinstance(answer, Outcome) or answer.status not in _REDIRECTS or not answer.headers.get("location"):
        return None
    try:
        return canonical(_as_utf8(answer.headers["location"]), base=str(answer.address), noisy=noisy)
    except WebAddressError:
        return None


def _as_utf8(location: str) -> str:
    """Headers come as Latin-1; an address beyond ASCII in one is UTF-8 nearly everywhere."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
