"""What a person reads in a terminal: words from web pages come out as words, not as colours, pictures or commands."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from vitality_lib.harmless import one_line


class _Plain(Console):
    def render_str(self, text: str, **how: Any) -> Text:
        """Every string that is printed, those in tables too, comes through here."""
        return super().render_str(one_line(text), **how)


def console(**how: Any) -> Console:
    """Where tables and lines go, by default to standard output; `how` as for rich's Console.

    A string is one line, or one line of a table, whatever it holds; it is not wrapped.
    """
    return _Plain(**{"soft_wrap": True, "highlight": False, "markup": False, "emoji": False, **how})
