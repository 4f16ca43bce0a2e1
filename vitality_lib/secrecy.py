"""Secrets, kept out of every text that leaves a process: logs, error messages, outcomes.

Known are the values of the settings that are secret, and the passwords and keys inside of addresses. What has the
shape of one, `://user:password@` or `?key=`, is masked whoever it belongs to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, quote_plus, unquote

from pydantic import SecretStr

from vitality_lib.settings import Settings

_MASK = "***"
_LEAST = 4  # characters; a shorter one, masked wherever it stands, would leave no text readable
_SHAPES = (
    re.compile(r"(?P<before>://[^\s/?#@:]*:)(?!password@)(?P<secret>[^\s/?#]+)(?=@)"),  # our advice says that word
    re.compile(r"(?P<before>https?://)(?P<secret>[^\s/?#@:]+)(?=@)", re.I),  # a token in the place of a user
    re.compile(
        r"(?P<before>[?&;](?:api_?key|key|access_?token|token|auth|password|secret|sig|signature)=)"
        r"(?P<secret>[^&#\s\"'<>]+)",
        re.I,
    ),
    re.compile(r"(?P<before>\b(?:password|api_key)='?)(?P<secret>[^&\s\"'<>]+)", re.I),
)


@dataclass(frozen=True)
class Secrets:
    """Values that nobody may read, and the mask for them. It is never shown itself."""

    values: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Secrets:
        """Those of the settings, in every spelling in which a text may quote them."""
        return cls(frozenset(form for value in _plain(settings) for form in _spellings(value) if len(form) >= _LEAST))

    def masked(self, text: str) -> str:
        """`text` with each secret replaced by `***`."""
        if self.values:
            text = self._known.sub(_MASK, text)
        for shape in _SHAPES:
            text = shape.sub(rf"\g<before>{_MASK}", text)
        return text

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(value) for value in sorted(self.values, key=len, reverse=True)))


def _plain(settings: Settings) -> Iterator[str]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not isinstance(text, str):
            continue
        yield from _inside(text)
        if isinstance(value, SecretStr) and "://" not in text:
            yield text


def _inside(address: str) -> Iterable[str]:
    return (found["secret"] for shape in _SHAPES for found in shape.finditer(address))


def _spellings(value: str) -> Iterator[str]:
    for plain in {value, unquote(value)}:
        yield from (plain, quote(plain, safe=""), quote(plain), quote_plus(plain))
        yield from (json.dumps(plain)[1:-1], repr(plain)[1:-1])
