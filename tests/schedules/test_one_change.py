"""Changing a time on a saved page changes exactly its services; deleting a line removes exactly those it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from shorthand import document

from vitality_lib.models import Service
from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.text import visible_text

PAGES = {page.stem: page.read_text() for page in sorted((Path(__file__).parent / "pages").glob("*.html"))}
TIME = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])")
LINE = re.compile(r"<(li|p)>[^<]*\d[^<]*</\1>|<br ?/?>[^<]*\d[^<]*(?=<br)")


def read(page: str) -> tuple[tuple[Service, ...], str]:
    source = document(page)
    return read_services(source).services, visible_text(source)


def with_another_time(page: str) -> Iterator[tuple[str, str, str]]:
    """The page with one of its times changed to one that stands nowhere on it: page, old time, new time."""
    known = {match[0] for match in TIME.finditer(page)}
    for match in TIME.finditer(page):
        new = next(time for minute in range(60) if (time := f"{match[1]}:{minute:02d}") not in known)
        yield page[: match.start()] + new + page[match.end() :], match[0], new


def within(service: Service, start: int, end: int) -> list[bool]:
    """Of each piece of evidence, whether it stands in this stretch of the page."""
    return [start <= piece.start and piece.end <= end for piece in service.evidence]


def covering(service: Service, at: int) -> list[bool]:
    """Of each piece of evidence, whether it covers this character of the page; none does when `at` is negative."""
    return [piece.start <= at < piece.end for piece in service.evidence]


def clock(time: str) -> tuple[int, int]:
    """A time on a clock with twelve hours."""
    hour, minute = (int(part) for part in time.split(":"))
    return hour % 12, minute


def retimed(service: Service, old: str, new: str) -> set[object]:
    """What the service may be when one of its times is changed: its start, its end, or the one it is told by."""
    found = set()
    for name in ("start", "end", "note"):
        said = getattr(service, name) or ""
        for time in TIME.findall(said):
            was = ":".join(time)
            if clock(was) == clock(old):
                found.add(replace(service, **{name: said.replace(was, f"{was[:3]}{new[-2:]}")}).value)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_changing_a_time_changes_exactly_the_services_that_rest_on_it(name: str) -> None:
    before, _ = read(PAGES[name])
    for page, old, new in with_another_time(PAGES[name]):
        after, text = read(page)
        at = text.find(new)  # a time is as long as the other: what stands there now stood there before
        stays = {one.value for one in before if not all(covering(one, at))}
        touched = {one.value: retimed(one, old, new) for one in before if any(covering(one, at))}
        told_by_it = {one.value: retimed(one, old, new) for one in before if one.note and one.value not in touched}
        gone = {one.value for one in before} - {one.value for one in after}
        come = {one.value for one in after} - {one.value for one in before}
        assert not gone & (stays - told_by_it.keys()), f"{old} was changed to {new}"
        assert gone >= touched.keys() - stays, f"{old} was changed to {new}"
        changed = touched | {value: may_be for value, may_be in told_by_it.items() if value in gone}
        assert all(come & may_be for may_be in changed.values()), f"{old} was changed to {new}"
        assert len(come) == len(changed), f"{old} was changed to {new}"


@pytest.mark.parametrize("name", PAGES)
def test_deleting_a_line_removes_exactly_the_services_that_rest_on_it(name: str) -> None:
    """A service that other lines state, too, stays; it may lose what only this line said of it."""
    before, text = read(PAGES[name])
    for match in LINE.finditer(PAGES[name]):
        after, shorter = read(PAGES[name][: match.start()] + PAGES[name][match.end() :])
        start = next(
            (at for at, pair in enumerate(zip(text, shorter, strict=False)) if len(set(pair)) > 1), len(shorter)
        )
        end = start + len(text) - len(shorter)
        left = [one for one in before if not all(within(one, start, end))]
        assert [when(one) for one in after] == [when(one) for one in left], match[0]
        assert {one.value for one in after} >= {one.value for one in left if not any(within(one, start, end))}, match[0]


def when(service: Service) -> tuple[object, ...]:
    return (service.type, service.recurrence, service.start, service.end)


def test_the_pages_have_times_and_lines_enough() -> None:
    assert sum(len(TIME.findall(page)) for page in PAGES.values()) > 100
    assert sum(len(LINE.findall(page)) for page in PAGES.values()) > 50
