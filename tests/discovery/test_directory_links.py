"""The right link of a homepage comes first, whatever stands beside it; each candidate says why it scored."""

import pytest

from vitality_lib.discovery.links import directory_links
from vitality_lib.document import Document
from vitality_lib.models import Candidate, Page

HOME = "https://www.lakemont.example/"
TRAPS = """
<nav id="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li>
<li><a href="#">Parishes</a></li>
<li><a href="javascript:void(0)">Find a Parish</a></li>
<li><a href="/parish-pastoral-councils">Parish Pastoral Councils</a></li>
<li><a href="/employment">Parish Employment</a></li><li><a href="/schools">Find a School</a></li>
<li><a href="/staff-directory">Staff Directory</a></li><li><a href="/clergy-directory">Clergy Directory</a></li>
<li><a href="/parish-support">Parish Support Services</a></li><li><a href="/cemeteries">Cemeteries</a></li>
<li><a href="/ways-to-give">Give to your parish</a></li></ul></nav>
<div class="news">
<article><a href="/2026/10/01/parish-of-st-odo-celebrates-a-hundred-years">Parish of St. Odo celebrates</a></article>
<article><a href="/news/parishes-merge">Parishes merge in Alderton</a></article></div>
<footer><a href="/wp-content/uploads/parish-directory.pdf">Parish Directory (PDF)</a>
<a href="https://www.facebook.com/lakemont-parishes">Parishes on Facebook</a></footer>
"""


def links(body: str, url: str = HOME) -> tuple[Candidate, ...]:
    return directory_links(Document(Page(url, f"<html><head></head><body>{body}</body></html>".encode())))


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ('<nav><a href="/parishes">Parishes</a></nav>', "parishes"),
        ('<nav><a href="/find-a-parish">Find a Parish</a></nav>', "find-a-parish"),
        ('<nav><a href="/find">FIND A PARISH NEAR YOU</a></nav>', "find"),
        ('<nav><a href="/parishfinder">Parish Finder</a></nav>', "parishfinder"),
        ('<nav><a href="/directory">Directory</a></nav>', "directory"),
        ('<nav><a href="/parish-directory/">Parish Directory</a></nav>', "parish-directory/"),
        ('<nav><a href="/our-parishes">Our Parishes</a></nav>', "our-parishes"),
        ('<nav><a href="/parishes-schools">Parishes &amp; Schools</a></nav>', "parishes-schools"),
        ('<nav><a href="/churches">Find a Church</a></nav>', "churches"),
        ('<nav><a href="/directories">Directories</a></nav>', "directories"),
        ('<nav><a href="/locator">Parish Locator</a></nav>', "locator"),
        ('<nav><a href="/parishes/">Parishes &amp; Missions</a></nav>', "parishes/"),
        ('<nav><a href="/mass-times">Parishes &amp; Mass Times</a></nav>', "mass-times"),
        ('<nav><a href="/people-places">People &amp; Places</a></nav>', "people-places"),
        ('<nav><a href="/az">Alphabetical List</a></nav>', "az"),
        ('<nav><a href="/by-location">Parishes by Location</a></nav>', "by-location"),
        ('<nav><a href="/finder">Parish &amp; Mass Finder</a></nav>', "finder"),
        ('<nav><a href="/parroquias">Parroquias</a></nav>', "parroquias"),
        ('<nav><a href="/es/buscar">Encuentre una parroquia</a></nav>', "es/buscar"),
        ('<nav><a href="/directorio">Directorio de Parroquias</a></nav>', "directorio"),
        ('<a class="button" href="/parishes"><img src="p.png" alt="Find a Parish"></a>', "parishes"),
        ('<div><a href="/parishes" aria-label="Find a Parish"><svg></svg></a></div>', "parishes"),
        ('<footer><a href="/parish-finder">Parish Finder</a></footer>', "parish-finder"),
        ('<select><option value="/parish-list">Parish List</option></select>', "parish-list"),
        ('<a href="/parishes.html">Parishes</a>', "parishes.html"),
        ('<map><area href="/parishes" alt="" title="Parishes"></map>', "parishes"),
    ],
)  # fmt: skip
def test_the_directory_comes_first_among_traps(link: str, leads_to: str) -> None:
    for body in (TRAPS + link, link + TRAPS):
        assert links(body)[0].url == HOME + leads_to


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<nav><a href="https://list.lakemont.example/">Parish Directory</a></nav>', "https://list.lakemont.example/"),
        ('<nav><a href="//pilot.example/parishes">Find a Parish</a></nav>', "https://pilot.example/parishes"),
        ('<iframe title="Parish map" src="https://www.google.com/maps/d/embed?mid=abc"></iframe>',
         "https://www.google.com/maps/d/embed?mid=abc"),
    ],
)  # fmt: skip
def test_a_directory_on_another_host_is_a_candidate(link: str, url: str) -> None:
    assert links(TRAPS + link)[0].url == url


def test_nothing_but_traps_leaves_no_link_that_scores_like_a_directory() -> None:
    found = links(TRAPS)
    assert not [link for link in found if link.score >= 8], found
    for trap in ("council", "employment", "staff", "clergy", "school", "facebook", "javascript", "/2026/"):
        assert not [link for link in found if trap in link.url]


def test_a_page_is_preferred_to_a_pdf_of_the_same_name() -> None:
    pdf, page = '<a href="/d.pdf">Parish Directory</a>', '<a href="/d">Parish Directory</a>'
    assert [link.url for link in links(pdf + page)] == [HOME + "d", HOME + "d.pdf"]


def test_each_address_is_a_candidate_once_with_its_best_label_and_reasons() -> None:
    found = links('<a href="/parishes/">here</a><nav><a href="/parishes?utm_source=x">Parishes</a></nav>')
    assert [link.label for link in found] == ["Parishes"]
    assert found[0].reasons[0] == "label 'Parishes' +9"
    assert found[0].score == sum(float(reason.rpartition(" ")[2]) for reason in found[0].reasons)


def test_relative_links_are_joined_to_the_base_that_the_page_names() -> None:
    body = '<base href="/site/"><a href="parishes">Parishes</a>'
    assert links(body)[0].url == HOME + "site/parishes"


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00\x01", b"%PDF-1.4"])
def test_what_is_no_page_has_no_links(body: bytes) -> None:
    assert directory_links(Document(Page(HOME, body))) == ()
