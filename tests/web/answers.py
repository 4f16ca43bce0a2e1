"""Answers of a server as the client gives them, for the rules that only look at them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vitality_lib.web.client import Answer
from vitality_lib.web.url import canonical

PARISH = "http://www.st-brendan.example/"


def answer(
    body: str | bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None, url: str = PARISH
) -> Answer:
    """An answer from `url`; header names in lower case, as the client gives them."""
    content = body.encode() if isinstance(body, str) else body
    return Answer(canonical(url), status, MappingProxyType(dict(headers or {})), content)
