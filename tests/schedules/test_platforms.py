"""What a site runs on, and where such sites often keep their times; and what a sitemap's addresses say."""

import pytest
from shorthand import document

from vitality_lib.schedules.leads import guess, sitemap_leads
from vitality_lib.schedules.platforms import PLATFORMS, platform_of

HOME = "https://fictus.example/"


@pytest.mark.parametrize(
    ("mark", "name", "first"),
    [
        ("<link href='https://cdn.ecatholic.com/a.css'>", "eCatholic", "mass-times"),
        ("<link href='/wp-content/themes/a/style.css'>", "WordPress", "mass-times/"),
        ("<script src='https://static1.squarespace.com/a.js'></script>", "Squarespace", "mass-times"),
        ("<meta name='generator' content='Wix.com Website Builder'>", "Wix", "mass-times"),
        ("<link href='//cdn2.editmysite.com/a.css'>", "Weebly", "mass-times.html"),
        ("<script src='https://cdn.4lpi.com/a.js'></script>", "LPi", "mass-times"),
        ("<a href='https://diocesan.com'>Diocesan</a>", "diocesan.com", "mass-times"),
    ],
)
def test_a_platform_is_told_by_its_mark(mark: str, name: str, first: str) -> None:
    platform = platform_of(document(f"<html><head>{mark}</head><body><p>Welcome</p></body></html>", HOME))
    assert platform
    assert platform.name == name
    assert platform.guesses(HOME)[0] == HOME + first


def test_a_page_without_a_mark_runs_on_nothing_known() -> None:
    assert platform_of(document("<html><body><a href='https://parishesonline.com'>Bulletins</a></body></html>")) is None


def test_guesses_are_few_and_say_what_they_are() -> None:
    assert all(1 <= len(platform.guesses(HOME)) <= 3 for platform in PLATFORMS)
    assert guess(HOME + "mass-times", "Wix").request.why == "usual address on Wix"


def test_of_a_sitemap_the_addresses_that_speak_of_services_are_leads() -> None:
    paths = ("", "about", "mass-times", "blog/2024/mass-for-peace", "reconciliation", "mass-intentions", "x.jpg")
    places = "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in (*paths, "../elsewhere"))
    other = "<url><loc>https://elsewhere.example/mass-times</loc></url>"
    sitemap = document(f"<?xml version='1.0'?><urlset>{places}{other}</urlset>", HOME + "sitemap.xml")
    found = [lead.request.url for lead in sitemap_leads(sitemap) if lead.strong]
    assert found == [HOME + "mass-times", HOME + "reconciliation"]
