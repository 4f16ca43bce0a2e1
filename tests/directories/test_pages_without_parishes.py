"""Pages that speak of parishes and list none: no row may come of them."""

from collections.abc import Callable

import pytest

from vitality_lib.directories.registry import read_directory
from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.sample.pdf import pdf


def row(tag: str, *items: str) -> str:
    return "".join(f"<{tag}>{item}</{tag}>" for item in items)


MENU = row(
    "li",
    '<a href="/parish-life">Parish Life</a>',
    '<a href="/mission">Mission Statement</a>',
    '<a href="/church-teaching">Church Teaching</a>',
    '<a href="/holy-week">Holy Week</a>',
)
NEWS = row(
    "article",
    '<h3><a href="/n/1">Bishop visits St. Odo Parish in Alderton</a></h3><p>October 4, 2026</p>',
    '<h3><a href="/n/2">Parishes gather food for the hungry</a></h3><p>October 9, 2026</p>',
    '<h3><a href="/n/3">A new pastor at St. Thecla</a></h3><p>October 12, 2026</p>',
)
HEADLINES = row(
    "article",
    '<h2><a href="/news/1">St. Odo Church reopens</a></h2><p>The bishop came. Call 513-555-0100.</p>',
    '<h2><a href="/news/2">Holy Family festival returns</a></h2><p>All are welcome. Call 513-555-0100.</p>',
    '<h2><a href="/news/3">St. Thecla choir tours</a></h2><p>They sing in May. Call 513-555-0100.</p>',
)
STAFF = row(
    "tr",
    "<th>Name</th><th>Office</th><th>Extension</th>",
    "<td>Ottilie Brannigan</td><td>Parish Services</td><td>x101</td>",
    "<td>Leopold Ashdown</td><td>Schools</td><td>x102</td>",
    "<td>Casimir Vandersloot</td><td>Finance</td><td>x103</td>",
)
TIMES = row("p", "<b>Saturday</b><br>5:00 pm", "<b>Sunday</b><br>8:00 am", "<b>Holy Days</b><br>7:00 pm")
SCHOOLS = row(
    "li",
    "<b>Holy Cross School</b><br>1 Elm St<br>Alderton, OH 43001",
    "<b>St. Odo Academy</b><br>2 Elm St<br>Alderton, OH 43001",
    "<b>Seton High School</b><br>3 Elm St<br>Alderton, OH 43001",
)
APPOINTMENTS = row(
    "tr",
    "<th>Priest</th><th>Parish</th><th>From</th>",
    "<td>Rev. Edwin Farthing</td><td>St. Odo</td><td>July 1</td>",
    "<td>Rev. Anselm Qualters</td><td>St. Zita</td><td>July 1</td>",
)
HEADLINES = "<script>Static.SQUARESPACE_CONTEXT = {}</script>" + "".join(
    f'<div class="summary-item"><div class="summary-title"><a href="/news/{title[4]}">{title}</a></div></div>'
    for title in (
        "St. Odo hosts a retreat for young adults",
        "Holy Cross choir sings here",
        "St. Zita food drive begins",
    )
)
CLERGY = row(
    "li",
    "<b>Rev. Edwin Farthing</b><br>12 Elm St<br>Alderton, OH 43001",
    "<b>Rev. Anselm Qualters</b><br>14 Elm St<br>Alderton, OH 43001",
    "<b>Msgr. Leopold Ashdown</b><br>16 Elm St<br>Alderton, OH 43001",
)
FAIRS = row(
    "li",
    '<a href="/n/1">St. Odo parish picnic, Saturday</a>',
    '<a href="/n/2">Holy Cross festival games, Sunday</a>',
    '<a href="/n/3">St. Zita bazaar, Monday</a>',
)
BROKEN_LINES = "<p>The church of St. Odo<br>was built in 1901.<br><br>It burned.<br><br>A new church was built.</p>"
TOWNS = row("option", "Alderton", "Birchwick", "Dunmere")
PAGES = {
    "a homepage with menus and news": f"<ul>{MENU}</ul>{NEWS}",
    "headlines with the telephone of the diocese": HEADLINES,
    "a staff list": f"<table>{STAFF}</table>",
    "times of Mass at one parish": f"<h1>Mass times</h1>{TIMES}",
    "a list of schools": f"<ul>{SCHOOLS}</ul>",
    "a search form without results": f"<h1>Find a Parish</h1><form><select>{TOWNS}</select><input></form>",
    "a login wall": "<h1>Parish portal</h1><form action='/login'><input name='user'><input type='password'></form>",
    "an empty table": "<table><tr><th>Parish</th><th>City</th><th>Phone</th></tr></table>",
    "headlines of a site builder's blog": HEADLINES,
    "clergy with addresses": f"<ul>{CLERGY}</ul>",
    "fairs and their days": f"<ul>{FAIRS}</ul>",
    "a history with broken lines": BROKEN_LINES,
    "a list of appointments": f"<table>{APPOINTMENTS}</table>",
}


@pytest.mark.parametrize("page", PAGES, ids=list(PAGES))
def test_no_parish_is_read_from(page: str) -> None:
    body = f"<html><body><main>{PAGES[page]}</main></body></html>"
    reading = read_directory(Document(Page("https://lakemont.example/page", body.encode())))
    assert reading.parishes == ()


# --- the same in print -----------------------------------------------------------------------------------------------

PRINTS = {
    "times of Mass": """
        MASS TIMES
        St. Odo Church (513-555-0101)
        Saturday 5:00 pm
        Sunday 8:00 am, 10:00 am

        St. Zita Church (513-555-0102)
        Saturday 4:00 pm

        Holy Cross (513-555-0103)
        Sunday 11:00 am""",
    "schools": """
        CATHOLIC SCHOOL DIRECTORY 2026-27

        St. Odo
        12 Elm St.
        Alderton, OH 43001

        Holy Cross
        13 Elm St.
        Alderton, OH 43001

        St. Zita
        14 Elm St.
        Alderton, OH 43001""",
    "a newsletter": """
        THE MESSENGER OF ALDERTON
        St. Odo Parish will hold its annual harvest supper on October 4 in the parish
        hall at 12 Elm St., Alderton. Tickets are ten dollars and children eat for free.
        St. Zita Parish, 44 Main St., Alderton, OH 43001, invites all to the blessing of
        the animals. Call 513-555-0101 for more about it and to say that you will come.
        Holy Cross Church
        The choir sings on Sunday at the cathedral, and all are welcome to come and hear it.
        St. Anne Parish, 13 Main St., Alderton, OH 43001, has a new roof and gives thanks to
        all who gave to it so generously over the past four years and more.""",
    "a form": """
        PARISH INFORMATION FORM
        Parish Name: ____________ City: __________ ZIP: ________
        Address: ____________________
        Pastor: _________________
        Return to: Diocese of Alderton, 1 Bishop Way, Alderton, OH 43001""",
    "a letter of one parish": """
        St. Odo Parish
        12 Elm St.
        Alderton, OH 43001

        Dear parishioners,""",
}


@pytest.mark.parametrize("text", PRINTS.values(), ids=list(PRINTS))
@pytest.mark.parametrize(
    "made", [pdf, lambda text: "\n".join(map(str.strip, text.splitlines())).encode()], ids=["pdf", "text"]
)
def test_no_parish_is_read_from_a_print(text: str, made: Callable[[str], bytes]) -> None:
    reading = read_directory(Document(Page("https://lakemont.example/files/1", made(text))))
    assert reading.parishes == ()
