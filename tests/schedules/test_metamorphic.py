"""The looks of a page do not matter: however it is written, its services are the same."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from looks import CAPITALS, LOOKS
from shorthand import document

from vitality_lib.schedules.reader import read_services

PAGES = {page.stem: page.read_text() for page in sorted((Path(__file__).parent / "pages").glob("*.html"))}


def read(page: str) -> list[str]:
    """What a page states, evidence apart, in any order."""
    found = [{**service.record(), "evidence": None} for service in read_services(document(page)).services]
    return sorted(json.dumps(record, sort_keys=True, ensure_ascii=False) for record in found)


@functools.cache
def plainly_read(name: str) -> list[str]:
    return read(declared(name))


def declared(name: str) -> str:
    page = PAGES[name]
    return page if page.startswith("<!") else f"<!DOCTYPE html>{page}"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_looks_do_not_change_what_is_read(name: str, look: str) -> None:
    assert read(LOOKS[look](declared(name))) == plainly_read(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_capitals_states_the_same(name: str) -> None:
    capitals = read(CAPITALS(declared(name)))
    assert sorted(one.lower() for one in capitals) == sorted(one.lower() for one in plainly_read(name))


def test_each_change_changes_a_page() -> None:
    idle = [look for look, change in LOOKS.items() if all(change(declared(name)) == declared(name) for name in PAGES)]
    assert idle == []
