"""Of the bulletins that a page links to, the newest."""

import pytest
from shorthand import document

from vitality_lib.schedules.bulletins import Bulletins, bulletins

HOME = "https://fictus.example/"


def found(page: str, url: str = HOME) -> Bulletins:
    return bulletins(document(f"<body>{page}</body>", url))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("bulletin-2026-02-22.pdf", "bulletin-2026-03-01.pdf"),
        ("bulletin_20251228.pdf", "bulletin_20260104.pdf"),
        ("Bulletin-12.28.25.pdf", "Bulletin-1.4.26.pdf"),
        ("bulletin%20Dec%2028,%202025.pdf", "bulletin%20January%204,%202026.pdf"),
        ("bulletin-old.pdf", "bulletin-2026-03-01.pdf"),
        ("bulletin-99-99-2026.pdf", "bulletin-2026-03-01.pdf"),
    ],
)
def test_the_newest_is_told_by_the_date_in_its_name(older: str, newer: str) -> None:
    for first, second in ((older, newer), (newer, older)):
        assert found(f"<a href='/{first}'>x</a><a href='/{second}'>x</a>").newest == HOME + newer


def test_a_label_may_bear_the_date() -> None:
    page = "<a href='/a.pdf'>Bulletin March 1, 2026</a><a href='/b.pdf'>Bulletin March 8, 2026</a>"
    assert found(page).newest == HOME + "b.pdf"


def test_without_dates_the_first_is_the_newest() -> None:
    assert found("<a href='/a.pdf'>Bulletin</a><a href='/b.pdf'>Bulletin</a>").newest == HOME + "a.pdf"


def test_on_a_page_of_bulletins_every_pdf_is_one() -> None:
    page = "<a href='/a0301.pdf'>3/1/2026</a><a href='/a0308.pdf'>3/8/2026</a>"
    assert found(page, HOME + "bulletins").newest == HOME + "a0308.pdf"
    assert found(page).newest is None


def test_the_page_of_bulletins_is_named() -> None:
    assert found("<a href='/news'>News</a><a href='/b'>Boletines</a>") == Bulletins(None, HOME + "b")


def test_bulletins_of_other_sites_are_left_alone_but_those_kept_for_parishes_are_not() -> None:
    assert found("<a href='https://elsewhere.example/bulletin.pdf'>Bulletin</a>") == Bulletins()
    kept = "https://files.ecatholic.com/1/bulletins/20260301.pdf"
    assert found(f"<a href='{kept}'>Bulletin</a>").newest == kept
