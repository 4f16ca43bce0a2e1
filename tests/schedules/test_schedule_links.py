"""Links that lead to a parish's times."""

import pytest
from shorthand import document

from vitality_lib.models import ServiceType
from vitality_lib.schedules.leads import WANTED, leads
from vitality_lib.schedules.link_signs import STRONG
from vitality_lib.schedules.links import schedule_links

MASS, CONFESSION, ADORATION = ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION

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


@pytest.mark.parametrize(
    "label",
    ["Mass Schedule & Livestream", "Mass Times and Intentions", "Weekend Liturgies", "Church Schedule", "Our Masses",
     "Schedule / Horario", "Mass, Confession, Adoration", "Penance & Reconciliation", "Horarios de Misa y Confesiones",
     "Liturgical Services", "Sacraments & Liturgy", "Times & Directions"],
)  # fmt: skip
def test_what_parishes_call_their_times_is_a_strong_candidate(label: str) -> None:
    (found,) = schedule_links(document(link("/x", label), HOME))
    assert found.score >= STRONG


@pytest.mark.parametrize(
    "label",
    ["Order of Mass", "Confession Guide", "Christmas Mass Schedule", "About Us", "Contact", "Mass sign-up"],
)
def test_what_seldom_leads_to_times_is_a_weak_candidate_or_none(label: str) -> None:
    assert all(found.score < STRONG for found in schedule_links(document(link("/x", label), HOME)))


@pytest.mark.parametrize(
    "leads",
    [
        """<button onclick="window.location.href='/m'">Mass Times</button>""",
        "<select><option value=''>Go to</option><option value='/m'>Mass Times</option></select>",
        "<h3>Mass Times</h3><p>This week.</p><a href='/m'>Learn more</a>",
        "<a href='/m' aria-label='Mass Times'><svg></svg></a>",
        "<map><area href='/m' alt='Mass Times'></map>",
        "<iframe src='/m' title='Mass Times'></iframe>",
        "<ul><li>Sacraments<ul><li>Eucharist<ul><li><a href='/m'>Mass Times</a></li></ul></li></ul></li></ul>",
    ],
)
def test_whatever_leads_somewhere_is_a_link(leads: str) -> None:
    assert urls(leads) == [HOME + "m"]


@pytest.mark.parametrize(
    "label", ["<span><b>Mass</b></span> Times", "Mass<!-- our --> Times", "<i>Ma</i>ss\n<em>Ti</em>mes<svg></svg>"]
)
def test_a_label_is_the_text_in_its_order(label: str) -> None:
    (found,) = schedule_links(document(link("/m", label), HOME))
    assert found.label == "Mass Times"


def test_a_page_that_refreshes_to_another_leads_there() -> None:
    page = "<html><head><meta http-equiv='Refresh' content='3; URL=home.html'></head><body>Wait</body></html>"
    assert [found.url for found in schedule_links(document(page, HOME))] == [HOME + "home.html"]


def test_a_heading_speaks_only_for_a_label_that_says_nothing() -> None:
    assert urls("<h3>Mass Times</h3><a href='/x'>Donate today</a>") == []


def test_a_lead_names_the_services_of_its_label_and_address() -> None:
    found = leads(document(link("/x", "Mass &amp; Confession") + link("/adoration-chapel", "Adoration Chapel"), HOME))
    assert {lead.request.url: lead.names for lead in found} == {
        HOME + "x": {MASS, CONFESSION},
        HOME + "adoration-chapel": {ADORATION},
    }


def test_a_lead_to_what_is_wanted_is_worth_more_than_one_to_what_is_known() -> None:
    mass, confession = leads(document(link("/x", "Mass Times") + link("/y", "Confession"), HOME))
    assert mass.value(WANTED) > confession.value(WANTED)
    assert confession.value(frozenset({CONFESSION})) > mass.value(frozenset({CONFESSION}))
