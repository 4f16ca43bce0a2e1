"""No page is too long, too deep or too odd to be read in time.

The limits are generous for a slow machine; on an idle one each of these pages takes well under a second.
"""

import time

import pytest
from shorthand import services

SECONDS = 3
NEWS = "<div><p>The lamp was lit on Sunday and many came to sing. Write to wick@fictus.example by 5 pm.</p></div>"
PAGES = {
    "five megabytes of news": NEWS * 50_000,
    "a line of one megabyte": f"<p>{'Sunday Mass 9:00 am and ' * 42_000}</p>",
    "a megabyte without a blank": f"<p>{'9' * 1_000_000}</p>",
    "a megabyte of capitals": f"<p>{'Saint ' * 170_000}</p>",
    "a megabyte of brackets": f"<p>{'((' * 500_000}</p>",
    "a megabyte of commas": f"<p>Sunday {'8, ' * 330_000}</p>",
    "elements nested without end": "<div>" * 50_000 + "Sunday Mass 9:00 am",
    "bold nested without end": "<b>" * 50_000 + "Sunday Mass 9:00 am",
    "tables nested without end": "<table><tr><td>" * 5_000 + "Sunday Mass 9:00 am",
    "a table of many rows": f"<table>{'<tr><td>Sunday</td><td>Mass</td><td>9:00 am</td></tr>' * 15_000}</table>",
    "cells that span everything": f"<table>{'<tr><td rowspan=999 colspan=999>9:00 am</td></tr>' * 20_000}</table>",
    "many links": "<a href='/mass-times'>Mass Times</a>" * 100_000,
    "many headings": "<h2>Sunday Mass</h2>" * 50_000,
}


@pytest.mark.no_cover  # counting lines takes half as long again as reading
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_in_time(name: str) -> None:
    began = time.process_time()
    services(PAGES[name])
    assert time.process_time() - began < SECONDS


def test_the_schedule_at_the_top_of_a_large_page_is_read() -> None:
    assert services("<h1>Mass</h1><p>Sunday 9:00 am</p>" + NEWS * 50_000)[0] == "mass SU 09:00"
