"""What a publication changed, and text made fit for PostgreSQL. Shared by the modules that publish."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Changes:
    """Rows written by one publication. All zero: everything stood there already, and nothing was written.

    `kept` counts rows that were missing this time but stay published, because too many were missing at once.
    """

    inserted: int = 0
    updated: int = 0
    revived: int = 0
    gone: int = 0
    kept: int = 0

    @property
    def any(self) -> bool:
        return bool(self.inserted or self.updated or self.revived or self.gone)


def clean(text: str) -> str:
    """Text without the characters that PostgreSQL cannot hold: NUL and lone surrogates."""
    return _UNFIT.sub("", text)


def jsonb(value: Sequence[Any]) -> Jsonb:
    """A list as a `jsonb` parameter, without the characters that PostgreSQL cannot hold."""
    return Jsonb(list(value), dumps=_dumps)


def _dumps(value: Any) -> str:
    return json.dumps(_cleaned(value), ensure_ascii=False)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _cleaned(one) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned(one) for one in value]
        case _:
            return value
