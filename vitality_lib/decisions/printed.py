"""How decisions are shown: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rich.console import Console


def console() -> Console:
    """Where tables and lines go; lines are not wrapped."""
    return Console(soft_wrap=True, highlight=False)


def print_json(rows: Iterable[dict[str, Any]]) -> None:
    """Flat records as one JSON list; what JSON does not know, times above all, as text."""
    print(json.dumps(list(rows), default=str, ensure_ascii=False))  # noqa: T201 - the product of the command
