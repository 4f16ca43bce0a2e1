"""What a page as a whole is about."""

import pytest
from shorthand import document

from vitality_lib.models import Reason, ServiceType
from vitality_lib.schedules.about import kept_elsewhere, one_subject, written_in
from vitality_lib.schedules.reader import read_services


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://fictus.example/mass-times", "", ServiceType.MASS),
        ("https://fictus.example/x", "Mass Times | St. Fictus", ServiceType.MASS),
        ("https://fictus.example/x", "Reconciliation - St. Fictus", ServiceType.CONFESSION),
        ("https://fictus.example/adoration/", "", ServiceType.ADORATION),
    ],
)
def test_title_and_address_name_the_one_subject(url: str, title: str, kind: ServiceType) -> None:
    assert one_subject(document(f"<html><head><title>{title}</title></head></html>", url), "") == (kind,)


def test_a_page_that_speaks_of_several_services_has_no_one_subject() -> None:
    assert one_subject(document("<p>x</p>"), "Mass and confession, Mass and adoration") == ()
    assert one_subject(document("<p>x</p>"), "Mass on Sunday, Mass on Monday") == (ServiceType.MASS,)


def test_a_page_in_spanish_is_told_by_its_small_words() -> None:
    assert written_in("Horario de misas: los domingos en la parroquia, para todos") == "es"
    assert written_in("Mass times: Sunday at the church, for all") == "en"


def test_times_kept_in_a_pdf_or_an_image_are_said_to_be_there() -> None:
    assert kept_elsewhere(document("<p><a href='/files/mass-schedule.pdf'>Download</a></p>")) is Reason.ONLY_IN_PDF
    assert kept_elsewhere(document("<p><img src='a.png' alt='Mass Times'></p>")) is Reason.ONLY_IN_IMAGE
    assert kept_elsewhere(document("<p><a href='/newsletter.pdf'>Newsletter</a></p>")) is None


def test_times_on_the_page_itself_are_nowhere_else() -> None:
    page = "<p>Sunday Mass 9:00 am</p><img src='a.png' alt='Mass Times'>"
    assert read_services(document(page)).elsewhere is None
