"""The signature of an event: who has the token can tell that the event is ours, whole, and fresh."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "X-Vitality-Signature"
WINDOW_SECONDS = 300  # a signature that is older, or as far ahead, is refused: an event cannot be played again later


def sign(token: str, body: bytes, at: float) -> str:
    """The header's value: `t=<unix seconds>,v1=<hex HMAC-SHA256 over "t.body">`."""
    moment = str(int(at))
    return f"t={moment},v1={_digest(token, moment, body)}"


def is_signed(token: str, header: str, body: bytes, at: float) -> bool:
    """Whether a header was made for this body with this token, at most five minutes from `at`."""
    parts = [piece.strip().partition("=")[::2] for piece in header.split(",")]
    moments = [value for name, value in parts if name == "t"]
    if len(moments) != 1 or not (moments[0].isascii() and moments[0].isdigit() and len(moments[0]) < 16):
        return False
    if not token or abs(at - int(moments[0])) > WINDOW_SECONDS:
        return False
    right = _digest(token, moments[0], body)
    return any(hmac.compare_digest(right, value) for name, value in parts if name == "v1" and value.isascii())


def _digest(token: str, moment: str, body: bytes) -> str:
    return hmac.new(token.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
