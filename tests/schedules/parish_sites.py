"""Invented sites of parishes: `sites/<name>/site.json`, its pages, and `expected.json` with what a visit should find.

`site.json` has `home` (the homepage's address) and `pages` (address, with ` in a browser` after a rendered one, to
file). What is not there answers 404. A file `NAME.pdf.txt` holds the lines of a PDF. `expected.json` has the `reason`
the visit ends in, the `requests` it makes, the `winner` (the page with most of the schedule) and the `services` in
short; where it matters, how many pieces of `evidence` a service has, and how many `contradictions` there are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from shorthand import shorthand

from vitality_lib.models import Outcome, Page, Reason, Request
from vitality_lib.sample.pdf import pdf
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.web.url import canonical

SITES = Path(__file__).parent / "sites"
VISITED_AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class ParishSite:
    folder: Path
    asked: list[str] = field(default_factory=list)
    answers: dict[str, Page] = field(default_factory=dict)  # by hash

    @cached_property
    def site(self) -> dict[str, Any]:
        return json.loads((self.folder / "site.json").read_text())

    @cached_property
    def expected(self) -> dict[str, Any]:
        return json.loads((self.folder / "expected.json").read_text())

    @cached_property
    def pages(self) -> dict[str, str]:
        return {_spelt(address): file for address, file in self.site["pages"].items()}

    async def fetch(self, request: Request) -> Page | Outcome:
        asked = _spelt(request.url + " in a browser" * request.browser)
        self.asked.append(asked)
        file = self.pages.get(asked)
        if file is None:
            return Outcome(Reason.HTTP_ERROR, f"{asked} answered 404")
        body = (self.folder / file).read_bytes()
        if file.endswith(".pdf.txt"):
            body = pdf(body.decode())
        route = "browser" if request.browser else "http"
        page = Page(str(canonical(request.url)), body, fetched_at=VISITED_AT, route=route)
        self.answers[page.sha256] = page
        return page

    async def visited(self) -> Visit:
        return await visit(self.site["home"], self.fetch)

    def __str__(self) -> str:
        return self.folder.name


def right(site: ParishSite, seen: Visit) -> bool:
    """Whether a visit found the site's schedule: every service, and no other."""
    return sorted(map(shorthand, seen.services)) == sorted(site.expected["services"])


def parish_sites() -> list[ParishSite]:
    return [ParishSite(folder) for folder in sorted(SITES.iterdir())]


def _spelt(asked: str) -> str:
    """One spelling of an address, with what follows it."""
    address, space, rest = asked.partition(" ")
    return f"{str(canonical(address)).rstrip('/')}{space}{rest}"
