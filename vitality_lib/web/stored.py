"""A door that never opens: pages come from the page store, with no request to anybody (`vitality reparse`)."""

from __future__ import annotations

from vitality_lib.models import Outcome, Page, Reason, Request
from vitality_lib.store import pages
from vitality_lib.store.database import Database
from vitality_lib.web.keeper import request_key
from vitality_lib.web.url import WebAddressError, canonical


class StoredDoor:
    """Answers like a Door, from what was kept."""

    requests = 0

    def __init__(self, database: Database) -> None:
        self._database = database

    def budget(self, _most: int) -> StoredDoor:
        """The same door: a stored page costs nobody anything."""
        return self

    async def get(self, request: Request) -> Page | Outcome:
        """The newest stored answer to this request, or `unreadable` when none was kept."""
        try:
            address = canonical(request.url)
        except WebAddressError as error:
            return Outcome(Reason.FORBIDDEN_ADDRESS, f"{request.url[:200]!r} is no address of a web page: {error}")
        key = request_key(address, request.body, "browser" if request.browser else "http")
        async with self._database.transaction() as connection:
            page = await pages.stored(connection, key)
        return page or Outcome(Reason.UNREADABLE, f"{address}: not in the page store")
