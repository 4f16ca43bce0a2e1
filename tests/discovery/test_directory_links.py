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


@pytest.mark.parametrize(
    "link",
    [
        """<button onclick="location.href='/x'">Find a Parish</button>""",
        """<div role="button" onclick="window.open('/x', '_self')">Parish Finder</div>""",
        """<input type="button" value="Find a Parish" onclick="window.location = '/x'">""",
        """<a href="javascript:void(0)" data-href="/x">Find a Parish</a>""",
        """<a href="#" onclick="location.assign('/x')">Find a Parish</a>""",
        '<form action="/x"><input name="q" placeholder="Find a parish"><button>Go</button></form>',
        '<a href="/x"><h3>Find a Parish</h3><p>We have parishes in all nine counties of the diocese.</p></a>',
    ],
)
def test_buttons_forms_and_cards_are_links(link: str) -> None:
    assert links(TRAPS + link)[0].url == HOME + "x"


@pytest.mark.parametrize(
    "link",
    [
        '<h3>Find a...</h3><ul><li><a href="/school">School</a></li><li><a href="/x">Parish</a></li></ul>',
        '<p>I want to find a <a href="/x">parish</a> or a <a href="/school">school</a></p>',
        '<ul><li><a href="#">Parishes</a><ul><li><a href="/x">Directory</a></li></ul></li></ul>',
        '<ul><li><span>Parishes</span><ul class="sub-menu"><li><a href="/x">By City</a></li></ul></li></ul>',
        '<div><h2>Find a Parish</h2><p>There is a home for you.</p><p><a href="/x">Learn more</a></p></div>',
        '<div class="title">Parish Directory</div><a href="/x">Click here</a>',
    ],
)
def test_a_label_that_says_little_is_read_with_what_stands_above_it(link: str) -> None:
    assert links(TRAPS + link)[0].url == HOME + "x"


@pytest.mark.parametrize("above", ["Clergy", "Catholic Schools", "Careers", "Latest News"])
def test_a_directory_under_something_else_is_none(above: str) -> None:
    found = links(f'<ul><li><a href="#">{above}</a><ul><li><a href="/x">Directory</a></li></ul></li></ul>')
    assert found == ()


@pytest.mark.parametrize(
    "label",
    [
        "Find a Parish/School", "Parish &amp; School Finder", "Parishes, Schools &amp; Cemeteries", "Parish Info",
        "Directory of Parishes &amp; Clergy", "Find a parish, school or ministry", "Parroquias / Parishes",
        "Find a Parish (opens in a new tab)", "Parishes chevron_right", "Eparchial Parishes", "Our Parish Communities",
    ],
)  # fmt: skip
def test_parishes_may_be_named_with_others(label: str) -> None:
    assert links(TRAPS + f'<nav><a href="/x">{label}</a></nav>')[0].url == HOME + "x"


@pytest.mark.parametrize(
    "label",
    [
        "Parish Staff Directory", "Find a Parish School", "Parish Jobs", "Parish Mergers", "Parish Giving",
        "Parish Annual Report", "Closed Parishes", "Parish Safe Environment Forms", "Diocesan Staff Directory",
        "Find a Priest", "Empleos en parroquias", "Consejo parroquial", "Sister Parishes",
    ],
)  # fmt: skip
def test_traps_score_far_below_a_plain_link(label: str) -> None:
    found = links(f'<nav><a href="/x">{label}</a><a href="/y">Parishes</a></nav>')
    assert found[0].url == HOME + "y"
    assert all(link.score <= 4 for link in found[1:])


def test_spellings_of_one_address_are_one_candidate() -> None:
    same = ("/parishes", "/parishes/?utm_source=x", "/parishes#map", "http://lakemont.example/Parishes/index.html")
    found = links("".join(f'<a href="{url}">Parishes</a>' for url in same))
    assert len(found) == 1
    assert found[0].url.startswith("https:")


def test_a_related_domain_is_better_than_any_other() -> None:
    body = '<a href="https://lakemontfinder.example/p">Parishes</a><a href="https://elsewhere.example/p">Parishes</a>'
    related, other = links(body)
    assert (related.url, related.reasons[-1]) == ("https://lakemontfinder.example/p", "a related domain +0.8")
    assert other.reasons[-1] == "another domain -1.5"


def test_the_dioceses_own_name_makes_a_domain_related() -> None:
    page = b'<html><title>Diocese of Alderton</title><a href="https://aldertonpilot.example/find">Parishes</a></html>'
    (link,) = directory_links(Document(Page(HOME, page)))
    assert "a related domain +0.8" in link.reasons


def test_links_of_a_section_page_stand_under_its_name() -> None:
    page = Document(
        Page(HOME + "parishes", b'<html><body><main><p><a href="/x">View the list</a></p></main></body></html>')
    )
    assert directory_links(page) == ()
    assert [link.url for link in directory_links(page, "Parishes")] == [HOME + "x"]


def test_a_page_that_leads_on_by_itself_is_followed() -> None:
    found = links('<meta http-equiv="refresh" content="0; url=/home.html">')
    assert [link.url for link in found] == [HOME + "home.html"]
