"""Invented pages in the layouts that parishes use, each with the services a careful parishioner finds on it.

`pages/<name>.html` is the page, `pages/<name>.json` its services in the fields of the published records.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from shorthand import document

from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.text import visible_text

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def records(page: Path) -> list[dict[str, Any]]:
    found = [service.record() for service in read_services(document(page.read_bytes())).services]
    return [{field: value for field, value in record.items() if field != "evidence"} for record in found]


def in_order(services: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(service, sort_keys=True, ensure_ascii=False) for service in services)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_read_as_a_parishioner_reads_it(page: Path) -> None:
    assert in_order(records(page)) == in_order(json.loads(page.with_suffix(".json").read_text())["services"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_quote_stands_in_the_visible_text_where_its_evidence_says(page: Path) -> None:
    source = document(page.read_bytes())
    text = visible_text(source)
    for service in read_services(source).services:
        for piece in service.evidence:
            assert piece.quote == text[piece.start : piece.end] != ""
            assert piece.page_hash == source.page.sha256
            assert 0 < piece.confidence <= 1
