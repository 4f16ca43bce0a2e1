"""Invented sites of dioceses, from the homepage to the parish directory: `homepages/<name>/site.json` and its files.

`site.json` has `home` (the homepage's address), `directory` (the address of the right page) and `pages` (address, with
the form after a space when it is posted and ` in a browser` when it is rendered, to file). What is not there answers
404.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from vitality_lib.discovery.find import Search, find_directory
from vitality_lib.discovery.links import directory_links
from vitality_lib.document import Document
from vitality_lib.models import Outcome, Page, Reason, Request
from vitality_lib.web.url import canonical

HOMEPAGES = Path(__file__).parent / "homepages"


@dataclass(frozen=True)
class Homepage:
    folder: Path
    asked: list[str] = field(default_factory=list)

    @cached_property
    def site(self) -> dict[str, Any]:
        return json.loads((self.folder / "site.json").read_text())

    @cached_property
    def pages(self) -> dict[str, str]:
        return {_spelt(address): file for address, file in self.site["pages"].items()}

    @property
    def directory(self) -> str:
        return str(canonical(self.site["directory"]))

    async def fetch(self, request: Request) -> Page | Outcome:
        asked = f"{request.url} {request.body or ''}".strip() + " in a browser" * request.browser
        self.asked.append(_spelt(asked))
        file = self.pages.get(self.asked[-1])
        if file is None:
            return Outcome(Reason.HTTP_ERROR, f"{asked} answered 404")
        route = "browser" if request.browser else "http"
        return Page(str(canonical(request.url)), (self.folder / file).read_bytes(), route=route)

    async def search(self) -> Search:
        return await find_directory(self.site["home"], self.fetch)

    def first(self) -> str | None:
        """The address that looks best on the homepage, before anything is proved."""
        home = str(canonical(self.site["home"]))
        links = directory_links(Document(Page(home, (self.folder / self.pages[home]).read_bytes())))
        return str(canonical(links[0].url)) if links else None

    def __str__(self) -> str:
        return self.folder.name


def _spelt(asked: str) -> str:
    """One spelling of an address, with what follows it."""
    address, space, rest = asked.partition(" ")
    return f"{canonical(address)}{space}{rest}"


def homepages() -> list[Homepage]:
    return [Homepage(folder) for folder in sorted(HOMEPAGES.iterdir()) if (folder / "site.json").exists()]
