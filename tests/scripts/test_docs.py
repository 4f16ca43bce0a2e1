"""The docs are true of the code: generated pages are fresh, links lead somewhere, commands that are named exist."""

from __future__ import annotations

import re
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path

import exports_page
import platforms_page
import pytest
import settings_page
from vitality_airflow.runtime import Runtime

from vitality_lib.cli import _build
from vitality_lib.document import Document
from vitality_lib.models import Page, Reason
from vitality_lib.settings import Settings
from vitality_lib.store import dictionary
from vitality_lib.store.database import Database

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])
MADE_LATER = {DOCS / "images" / "airflow-grid.png", DOCS / "images" / "report.png"}  # by `make screenshots`
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_FENCE = re.compile(r"^```.*?^```", re.M | re.S)


def named(command: str, text: str) -> set[str]:
    """The words that follow `command` where it stands at the beginning of a code span or of a line of a code block."""
    spans = re.findall(rf"`(?:[A-Z_]+=\S* )*{command} ([a-z][a-z-]*)", text)
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return {
        *spans,
        *(m[1] for line in lines if (m := re.match(rf"\s*(?:\S+=\S* )*(?:\S*/)?{command} ([a-z][a-z-]*)", line))),
    }


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for match in _LINK.finditer(_FENCE.sub("", page.read_text(encoding="utf-8"))):
            if not re.match(r"[a-z]+:", match["target"]):
                yield page, match["target"]


def test_the_page_of_settings_is_what_the_code_says_now() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings_page.markdown(), "run `make docs`"


async def test_the_data_dictionary_is_what_the_schema_says_now(database: Database) -> None:
    async with database.transaction() as connection:
        page = await dictionary.markdown(connection)
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == page, "run `make docs`"


def test_the_page_of_platforms_is_what_the_modules_say_now() -> None:
    assert (DOCS / "platforms.md").read_text(encoding="utf-8") == platforms_page.markdown(), "run `make docs`"


def test_the_fields_of_the_exports_are_what_their_writers_say_now() -> None:
    page = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert page == exports_page.markdown(page), "run `make docs`"


def test_every_setting_of_the_library_has_its_row() -> None:
    page = settings_page.markdown()
    for field in Settings.model_fields.values():
        assert f"\n| `{field.validation_alias}` |" in page


@pytest.mark.parametrize(("page", "target"), list(links()), ids=lambda value: getattr(value, "name", value))
def test_a_link_leads_to_a_file_and_to_a_heading_of_it(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    assert file.exists() or file in MADE_LATER
    assert not anchor or anchor in anchors(file)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert named("make", page.read_text(encoding="utf-8")) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_vitality_command_that_a_page_names_exists(page: Path) -> None:
    commands = _build()._subparsers._group_actions[0].choices
    assert named("vitality", page.read_text(encoding="utf-8")) <= set(commands)


def test_each_reason_has_its_row_in_the_table_of_troubleshooting() -> None:
    page = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")
    assert [reason.value for reason in Reason if f"\n| `{reason.value}` |" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_setting_that_a_page_names_exists(page: Path) -> None:
    fields = [*Settings.model_fields.values(), *Runtime.model_fields.values()]
    known = {str(field.validation_alias) for field in fields} | {"VITALITY_CORPUS"}  # the Makefile's
    assert set(re.findall(r"\bVITALITY_[A-Z_]+\b", page.read_text(encoding="utf-8"))) <= known


def test_nothing_in_the_docs_names_a_machine_or_a_workplace() -> None:
    for page in PAGES:
        assert not re.search(r"/root/|/home/\w|\.\./shared", page.read_text(encoding="utf-8")), page


def test_the_platform_of_the_worked_example_works() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    example = re.search(r"^( +)```python\n(.*?)^\1```", text, re.M | re.S)
    assert example
    platform = types.ModuleType("flockmap")
    exec(textwrap.dedent(example[2]), vars(platform))

    page = Document(Page("https://larkspur.example/parishes", b'<html><div data-flockmap="ab12cd34"></div></html>'))
    feed = Document(
        Page(
            "https://feed.flockmap.example/ab12cd34.json",
            b'{"flocks": [{"title": "St. Odd", "where": "7 Elm St, Larkspur, OH 44001", "call": "216-555-0107"},'
            b' {"title": "Larkspur Catholic Cemetery", "where": "9 Elm St, Larkspur, OH 44001"}]}',
        )
    )
    assert platform.recognise(page) > 0.5
    assert [request.url for request in platform.read(page).next] == [feed.url]
    assert platform.recognise(feed) > 0.5
    reading = platform.read(feed)
    assert [(one.name, one.city, one.zip) for one in reading.parishes] == [("St. Odd", "Larkspur", "44001")]
    assert [row.name for row in reading.left_out] == ["Larkspur Catholic Cemetery"]
    assert platform.recognise(Document(Page("https://larkspur.example/", b"<html><p>News</p></html>"))) == 0
