"""Where a redirect leads: RFC 9110 section 15.4."""

import pytest
from answers import answer

from vitality_lib.models import Outcome, Reason
from vitality_lib.web.client import Answer
from vitality_lib.web.redirect import redirect_target, said_of

HERE = "http://www.st-brendan.example/parish/mass?week=1"
TARGETS = {
    "another site": ("https://new.example/home", "https://new.example/home"),
    "an absolute path": ("/times", "http://www.st-brendan.example/times"),
    "a relative path": ("times", "http://www.st-brendan.example/parish/times"),
    "a query": ("?week=2", "http://www.st-brendan.example/parish/mass?week=2"),
    "the other scheme": ("//www.st-brendan.example/", "http://www.st-brendan.example/"),
    "a fragment, which is the reader's": ("/times#sunday", "http://www.st-brendan.example/times"),
    "raw UTF-8, as Latin-1 headers show it": ("/misa/espa\u00c3\u00b1ol", "http://www.st-brendan.example/misa/espa%C3%B1ol"),
    "raw Latin-1": ("/misa/espa\u00f1ol", "http://www.st-brendan.example/misa/espa%C3%B1ol"),
    "blanks": (" /mass times ", "http://www.st-brendan.example/mass%20times"),
}  # fmt: skip


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_each_status_of_redirection_leads_on(status: int) -> None:
    assert str(redirect_target(answer("", status, {"location": "https://new.example/"}))) == "https://new.example/"


@pytest.mark.parametrize("case", TARGETS)
def test_a_location_is_read_from_the_page_it_came_with(case: str) -> None:
    location, target = TARGETS[case]
    assert str(redirect_target(answer("", 302, {"location": location}, HERE))) == target


NOWHERE: dict[str, Answer | Outcome] = {
    "a page with a Location": answer("<p>Mass", 200, {"location": "/times"}),
    "a new resource": answer("", 201, {"location": "/times"}),
    "a choice": answer("", 300, {"location": "/times"}),
    "an unchanged page": answer("", 304, {"location": "/times"}),
    "no Location": answer("", 302),
    "an empty Location": answer("", 302, {"location": ""}),
    "a file": answer("", 302, {"location": "file:///etc/passwd"}),
    "a script": answer("", 302, {"location": "javascript:alert(1)"}),
    "a user": answer("", 302, {"location": "http://office@new.example/"}),
    "a broken address": answer("", 302, {"location": "http://[::1/"}),
    "no answer": Outcome(Reason.TIMEOUT),
}


@pytest.mark.parametrize("case", NOWHERE)
def test_anything_else_leads_nowhere(case: str) -> None:
    assert redirect_target(NOWHERE[case]) is None


def test_what_only_says_who_came_is_kept_where_it_is_asked_for() -> None:
    onward = answer("", 302, {"location": "/mass;jsessionid=0A?utm_source=a&PHPSESSID=b&id=3"}, HERE)
    assert str(redirect_target(onward)) == "http://www.st-brendan.example/mass?id=3"
    noisy = "http://www.st-brendan.example/mass;jsessionid=0A?utm_source=a&PHPSESSID=b&id=3"
    assert str(redirect_target(onward, noisy=True)) == noisy


SAID = {
    "a file": (302, "file:///etc/passwd", ": 302 to 'file:///etc/passwd', which is no address of a web page"),
    "a line's end": (301, "tel:1\r\n2", r": 301 to 'tel:1\r\n2', which is no address of a web page"),
    "far too much": (302, "data:" + "x" * 999, f": 302 to 'data:{'x' * 95}', which is no address of a web page"),
    "no Location": (302, "", ": 302"),
    "a missing page": (404, "file:///etc/passwd", ": 404"),
}


@pytest.mark.parametrize("case", SAID)
def test_the_detail_says_where_a_redirect_to_nowhere_leads(case: str) -> None:
    status, location, words = SAID[case]
    assert said_of(answer("", status, {"location": location}, HERE)) == HERE + words
