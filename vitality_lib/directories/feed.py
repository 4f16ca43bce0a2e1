"""What the readers of JSON feeds share: finding rows, and the address of WordPress' `admin-ajax.php`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from vitality_lib.document import Document

_MOST_ROWS = 20_000


def rows(data: Any, *keys: str) -> list[dict[str, Any]]:
    """The objects of a list that have all of these keys; empty unless most of them do."""
    if not isinstance(data, list):
        return []
    found = [row for row in data[:_MOST_ROWS] if isinstance(row, dict) and all(key in row for key in keys)]
    return found if len(found) * 2 > len(data) else []


def at(data: Any, *path: str) -> Any:
    """The value under a path of keys, or None."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def feed_address(document: Document, named: str | None, query: str) -> str | None:
    """The site's `admin-ajax.php` with a query: as the page names it, else at its usual place."""
    address = (named or "").replace("\\/", "/")
    if not address:
        match = re.search(r'"ajax_?url"\s*:\s*"([^"]+admin-ajax\.php)"', document.text, re.I)
        address = match.group(1).replace("\\/", "/") if match else "/wp-admin/admin-ajax.php" if document.url else ""
    return f"{urljoin(document.url, address)}?{query}" if address else None
