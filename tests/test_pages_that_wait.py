"""A page that waits for another one's answer holds no tree: a worker has many sites in hand."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable

import pytest

from vitality_lib.discovery.find import find_directory
from vitality_lib.document import Document
from vitality_lib.models import Page, Request
from vitality_lib.schedules.visit import visit

SITE = "https://waits.example/"
MENU = "".join(f"<a href='/{word}'>{word} parish directory</a>" for word in ("mass", "visit", "parishes", "churches"))
Fetch = Callable[[Request], Awaitable[Page]]


async def discovery(fetch: Fetch) -> None:
    await find_directory(SITE, fetch)


async def schedule(fetch: Fetch) -> None:
    await visit(SITE, fetch)


@pytest.mark.parametrize("stage", [discovery, schedule])
async def test_whoever_waits_holds_no_tree(stage: Callable[[Fetch], Awaitable[None]]) -> None:
    gc.collect()  # what the test before left
    held: list[int] = []

    async def fetch(request: Request) -> Page:
        documents = (one for one in gc.get_objects() if type(one) is Document)  # `isinstance` wakes lazy modules
        held.append(sum("tree" in vars(one) for one in documents if one.page.url.startswith(SITE)))
        return Page(request.url, f"<html><title>{request.url}</title>{MENU}</html>".encode())

    await stage(fetch)
    assert len(held) > 2
    assert set(held) == {0}


def test_what_was_forgotten_is_made_again() -> None:
    document = Document(Page(SITE, b"<html><title>Parishes</title></html>"))
    before = document.tree
    document.forget()
    assert document.tree is not before
    assert document.tree.findtext(".//title") == "Parishes"
