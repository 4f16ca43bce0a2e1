"""Links as they stand in pages and feeds, made absolute; and which of them are a parish's own website."""

import pytest

from vitality_lib.hyperlinks import absolute, host, own_page, same_site, website

BASE = "https://lakemont.example/parishes/list?page=2"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://StAnn.example/Mass", "https://stann.example/Mass"),
        ("//stann.example/", "https://stann.example/"),
        ("www.stann.example", "http://www.stann.example"),
        ("stann.example/home", "http://stann.example/home"),
        ("stann.org", "http://stann.org"),
        ("/p/1", "https://lakemont.example/p/1"),
        ("p/../q", "https://lakemont.example/parishes/q"),
        ("?page=3", "https://lakemont.example/parishes/list?page=3"),
        ("http://https://stann.example", "https://stann.example"),
        (" https://stann.example/a b ", "https://stann.example/a%20b"),
        ("https://stann.example/#mass", "https://stann.example/"),
        ("https://stann.example/?utm_source=x&id=3&fbclid=9", "https://stann.example/?id=3"),
        ("javascript:void(0)", None),
        ("mailto:office@stann.example", None),
        ("tel:7405550101", None),
        ("data:text/html,x", None),
        ("#", None),
        ("", None),
        (None, None),
        ("http://[", None),
        ("http://user:secret@stann.example/", None),
        ("http://stann.example:99999/", None),
        ("https://" + "a" * 3000, None),
        ("N/A", "https://lakemont.example/parishes/N/A"),
    ],
)
def test_a_link_becomes_an_absolute_address_or_none(link: str | None, address: str | None) -> None:
    assert absolute(link, BASE) == address


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ("https://stann.example/", "https://stann.example/"),
        ("//stann.example/", "https://stann.example/"),
        ("https://stann-parish.wordpress.com/", "https://stann-parish.wordpress.com/"),
        ("https://sites.google.com/view/stann", "https://sites.google.com/view/stann"),
        ("https://www.facebook.com/stann", None),
        ("https://maps.google.com/?q=1,2", None),
        ("https://goo.gl/maps/x", None),
        ("https://wordpress.com/", None),
        ("https://www.lakemont.example/p/1", None),
        ("/p/1", None),
        ("https://stann.example/bulletin.pdf", None),
        ("javascript:void(0)", None),
    ],
)
def test_a_parishs_website_is_neither_social_nor_a_map_nor_the_directorys_own(link: str, own: str | None) -> None:
    assert website(link, BASE) == own


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("/p/1", "https://lakemont.example/p/1"),
        ("https://lakemont.example/p/1", "https://lakemont.example/p/1"),
        ("https://www.lakemont.example/", None),
        ("https://stann.example/about", None),
        (None, None),
        (["/p/1"], None),
    ],
)
def test_a_page_of_the_directorys_own_site_is_one_below_its_homepage(link: object, page: str | None) -> None:
    assert own_page(link, BASE) == page


def test_hosts_are_compared_without_www_and_case() -> None:
    assert host("HTTPS://WWW.StAnn.example:443/x") == "stann.example"
    assert host("http://[") == ""
    assert same_site("https://www.stann.example/a", "http://stann.example")
    assert not same_site("", "")
