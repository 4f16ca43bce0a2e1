"""How decisions are shown to programs: as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vitality_lib.harmless import json_text


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    """Flat records as one JSON list; what JSON does not know, times above all, as text."""
    print(json_text(list(rows)))  # noqa: T201 - the product of the command
