"""Links that lead to a parish's times."""

import pytest
from shorthand import document

from vitality_lib.schedules.links import schedule_links

HOME = "https://fictus.example/"


def urls(*links: str) -> list[str]:
    return [link.url for link in schedule_links(document("<body>" + "".join(links) + "</body>", HOME))]


def link(path: str, label: str) -> str:
    return f"<a href='{path}'>{label}</a>"


def test_the_surest_label_comes_first() -> None:
    found = urls(link("/about", "About Us"), link("/c", "Confession"), link("/m", "Mass Times"), link("/s", "Schedule"))
    assert found == [HOME + "m", HOME + "c", HOME + "s", HOME + "about"]


@pytest.mark.parametrize(
    "label",
    ["Mass Intentions", "Mass Readings", "Altar Server Schedule", "First Communion Mass preparation", "Watch Mass",
     "Funeral Masses", "Mass music", "Home", "Donate"],
)  # fmt: skip
def test_what_only_speaks_of_mass_is_no_candidate(label: str) -> None:
    assert urls(link("/x", label)) == []


def test_labels_in_spanish_count() -> None:
    assert urls(link("/x", "Horario de Misas"), link("/y", "Confesiones")) == [HOME + "x", HOME + "y"]


def test_labels_of_the_eastern_churches_count() -> None:
    assert urls(link("/x", "Divine Services"), link("/y", "Divine Liturgy")) == [HOME + "x", HOME + "y"]


def test_other_sites_are_left_alone_but_hosts_of_parish_pages_are_not() -> None:
    found = urls(
        link("https://elsewhere.example/mass-times", "Mass Times"),
        link("https://fictus.weebly.com/mass-times", "Mass Times"),
    )
    assert found == ["https://fictus.weebly.com/mass-times"]


def test_a_pdf_comes_after_a_page_with_the_same_label() -> None:
    assert urls(link("/times.pdf", "Mass Times"), link("/times", "Mass Times")) == [HOME + "times", HOME + "times.pdf"]


def test_each_page_is_named_once_and_never_the_page_itself() -> None:
    found = urls(link("/m", "Mass"), link("/m/", "Mass Times"), link("/", "Mass Times"), link("/m#x", "Masses"))
    assert [one.rstrip("/") for one in found] == [HOME + "m"]


def test_at_most_twelve_candidates() -> None:
    assert len(urls(*(link(f"/mass-{number}", f"Mass Times {number}") for number in range(30)))) == 12


def test_a_candidate_gives_its_reasons() -> None:
    (candidate,) = schedule_links(document(link("/mass-times", "Mass Times"), HOME))
    assert candidate.score == 15.0
    assert candidate.reasons == ("label 'Mass Times' +10", "path '/mass-times' +5")


def test_a_picture_may_bear_the_label() -> None:
    assert urls("<a href='/m'><img src='b.png' alt='Mass Times'></a>") == [HOME + "m"]
