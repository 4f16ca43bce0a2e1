"""No page is too long, too deep or too odd to be read in time.

Of five megabytes the first 1,500 lines and 60,000 characters of visible text are read, and 60,000 elements walked.
"""

import pytest
from shorthand import document, services
from timing import seconds

from vitality_lib.schedules.reader import read_services

SECONDS = 1
SIZE = 5_000_000  # characters of each page
NEWS = "<div><p>The lamp was lit on Sunday and many came to sing. Write to wick@fictus.example by 5 pm.</p></div>"


def full_of(piece: str, size: int = SIZE) -> str:
    return piece * (size // len(piece))


PAGES = {
    "news": full_of(NEWS),
    "one line": f"<p>{full_of('Sunday Mass 9:00 am and ')}</p>",
    "one word": f"<p>{full_of('9')}</p>",
    "capitals": f"<p>{full_of('Saint ')}</p>",
    "brackets": f"<p>{full_of('((')}</p>",
    "commas": f"<p>Sunday {full_of('8, ')}</p>",
    "nested elements": full_of("<div>") + "Sunday Mass 9:00 am",
    "nested bold": full_of("<b>") + "Sunday Mass 9:00 am",
    "nested tables": full_of("<table><tr><td>") + "Sunday Mass 9:00 am",
    "rows": f"<table>{full_of('<tr><td>Sunday</td><td>Mass</td><td>9:00 am</td></tr>')}</table>",
    "empty cells": f"<table>{full_of('<tr><td></td><td></td></tr>')}</table>",
    "cells that span everything": f"<table>{full_of('<tr><td rowspan=999 colspan=999>9:00 am</td></tr>')}</table>",
    "tables": full_of("<table><tr><td>Sunday</td><td>9:00 am</td></tr></table>"),
    "links": full_of("<a href='/mass-times'>Mass Times</a>"),
    "menus": full_of("<ul><li><a href='/a'>About</a><ul><li><a href='/b'>News</a></li></ul></li></ul>"),
    "headings": full_of("<h2>Sunday Mass</h2>"),
    "one attribute": f"<div data-x='{full_of('a')}'><p>Sunday Mass 9:00 am</p></div>",
    "attributes": f"<p {' '.join(f'a{number}=b' for number in range(SIZE // 10))}>Sunday Mass 9:00 am</p>",
    "broken tags": full_of("<p <div< <<b>Sunday</i></p></b>&&amp &#x; <td>9:00</tr>"),
    "line breaks": f"<p>{full_of('<br>')}</p>",
    "one comment": f"<p><!-- {full_of('x')} -->Sunday Mass 9:00 am</p>",
    "comments": f"<p>{full_of('<!-- x -->')}Sunday Mass 9:00 am</p>",
    "instructions": f"<p>{full_of('<?php x ?>')}Sunday Mass 9:00 am</p>",
    "scripts": f"{full_of('<script>var mass = 9;</script>')}<p>Sunday Mass 9:00 am</p>",
    "images": full_of("<img src='/mass.png' alt='x'>"),
    "text without tags": full_of("Sunday Mass 9:00 am\n"),
    "prose without tags": full_of("The lamp was lit on Sunday and many came to sing. Write by 5 pm.\n"),
}


@pytest.mark.no_cover  # counting lines takes half as long again as reading
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_time(name: str) -> None:
    page = document(PAGES[name])
    assert seconds(lambda: read_services(page)) < SECONDS


@pytest.mark.parametrize("name", ["one attribute", "attributes", "one comment", "comments", "instructions", "scripts"])
def test_what_nobody_sees_hides_nothing(name: str) -> None:
    assert services(PAGES[name]) == ["mass SU 09:00"]


def test_the_schedule_at_the_top_of_a_large_page_is_read() -> None:
    assert services("<h1>Mass</h1><p>Sunday 9:00 am</p>" + NEWS * 50_000)[0] == "mass SU 09:00"
