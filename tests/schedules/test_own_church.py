"""A church is named where a page names several, not where it is the one the whole page is about."""

from vitality_lib.document import Document
from vitality_lib.models import Page
from vitality_lib.schedules.reader import read_services

TIMES = "<h2>Mass</h2><p>Sunday: 9:00 AM</p>"


def churches(title: str, body: str) -> set[str | None]:
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return {
        service.church for service in read_services(Document(Page("http://st-anne.example/", page.encode()))).services
    }


def test_the_church_in_the_title_of_the_page_is_left_unsaid() -> None:
    assert churches("Welcome | St. Anne’s Parish", f"<h1>St. Anne's Parish</h1>{TIMES}") == {None}


def test_the_only_church_named_is_kept_when_the_page_is_about_another() -> None:
    assert churches("Holy Cross Parish", f"<h1>St. Anne Church</h1>{TIMES}") == {"St. Anne Church"}


def test_each_of_several_churches_keeps_its_name() -> None:
    body = f"<h1>St. Anne Church</h1>{TIMES}<h1>St. Brendan Church</h1>{TIMES.replace('9', '11')}"
    assert churches("St. Anne Church", body) == {"St. Anne Church", "St. Brendan Church"}


def test_a_text_without_markup_has_its_first_line_for_a_title() -> None:
    text = "St. Anne Parish\nMass Schedule\n\nSunday: 9:00 AM\n"
    page = Page("http://st-anne.example/times.txt", text.encode(), headers={"content-type": "text/plain"})
    assert {service.church for service in read_services(Document(page)).services} == {None}
