"""The pager of an ASP.NET page."""

import pytest

from vitality_lib.directories.crawling.post_back_pager import next_post_back
from vitality_lib.document import Document
from vitality_lib.models import Page

STATE = '<input type="hidden" name="__VIEWSTATE" value="x1">'


def link(argument: str, label: str) -> str:
    return f"""<td><a href="javascript:__doPostBack('Grid1','Page${argument}')">{label}</a></td>"""


def posted(pager: str, state: str = STATE) -> list[str]:
    body = f'<form method="post" action="/list.aspx">{state}<table><tr>{pager}</tr></table></form>'
    return [
        str(one.body) for one in next_post_back(Document(Page("https://lakemont.example/list.aspx", body.encode())))
    ]


@pytest.mark.parametrize(
    ("pager", "page"),
    [
        (link("1", "1") + "<td><span>2</span></td>" + link("3", "3") + link("4", "4"), "3"),
        (link("1", "1") + "<td><span>2</span></td>" + link("3", "..."), "3"),
        (link("1", "1") + link("Next", "Next"), "Next"),
    ],
)
def test_the_page_after_the_current_one_is_posted_for(pager: str, page: str) -> None:
    assert posted(pager)[0].rpartition("Page%24")[2].partition("&")[0] == page


def test_nothing_is_posted_on_the_last_page_or_without_the_state() -> None:
    assert posted(link("1", "1") + "<td><span>2</span></td>") == []
    assert posted("<td><span>1</span></td>" + link("2", "2"), state="") == []


def test_where_each_number_is_a_link_none_is_known_to_be_the_next() -> None:
    assert posted(link("1", "1") + link("2", "2")) == []
