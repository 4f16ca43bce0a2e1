"""Who visits the dashboard in tests, and what their browser says of a form that was sent from one of its pages."""

from collections.abc import Callable

import httpx

ORIGIN = "http://dashboard.example"
FROM_OUR_PAGE = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
EDITOR, READER, STRANGER, NOBODY = "editor", "reader", "stranger", ""
Visitor = Callable[[str], httpx.AsyncClient]
