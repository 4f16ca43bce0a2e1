"""An alert as others get it: one JSON object, in which words from websites give no orders."""

from __future__ import annotations

from typing import Any

from vitality_lib.harmless import one_line
from vitality_lib.store.alerts import Alert

_LONGEST = 1000  # characters of one value
# Chat services take `<!channel>`, `@here` and `<https://...|words>` for orders, wherever they stand in a text.
_ORDERS = str.maketrans({"<": "‹", ">": "›", "@": "＠"})


def payload(alert: Alert) -> dict[str, Any]:
    """{text, kind, subject, what, mend, detail}: `text` for a chat, the others for programs."""
    told = {name: _tame(value) for name, value in alert.record().items()}
    return {**told, "text": told["text"].translate(_ORDERS)}


def _tame(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)[:_LONGEST]
    if isinstance(value, dict):
        return {one_line(str(name)): _tame(inner) for name, inner in value.items()}
    return value
