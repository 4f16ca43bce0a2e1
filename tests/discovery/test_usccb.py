"""The list of all dioceses, in the shapes its rows have."""

import pytest

from vitality_lib.discovery.usccb import NotTheDioceseList, read_dioceses
from vitality_lib.document import Document
from vitality_lib.models import Diocese, Page

FIELD = '<div class="field field--name-field-da-{0}">{1}</div>'


def row(name: str, body: str, site: str = "") -> str:
    """A row of the Drupal view, its website nested in the address block as on the page itself."""
    link = f'<div class="site"><div class="field field--name-field-da-site"><a href="{site}">{site}</a></div></div>'
    title = f'<div class="da-title"><span class="field field--name-title">{name}</span></div>'
    staff = '<div class="staff"><div class="item"><a href="https://bishop.example">Bishop</a></div></div>'
    inside = f'<div class="da-wrap">{title}{staff}<div class="da-address">{body}{link if site else ""}</div></div>'
    return f'<div class="views-row"><article class="node node--type-da"><div>{inside}</div></article></div>'


def fields(**parts: str) -> str:
    return "".join(FIELD.format(name.replace("_", "-"), value) for name, value in parts.items())


def read(*rows: str) -> tuple[Diocese, ...]:
    body = f"<html><body><div class='view-content'>{''.join(rows)}</div></body></html>"
    return read_dioceses(Document(Page("https://bishops.example/all", body.encode()))).dioceses


LAKEMONT = Diocese("Diocese of Lakemont", "1 See St", "Lakemont", "OH", "43001", "https://lakemont.example/")


@pytest.mark.parametrize(
    "body",
    [
        fields(address_1="1 See St", city="Lakemont", state_abbreviation="OH", zip_code="43001"),
        fields(address_1="1 See St", city="Lakemont", state="Ohio", zip="43001"),
        fields(address_1="1 See St") + "<p>Lakemont, OH 43001</p>",
        fields(address_1="1 See St", address_2="Lakemont, Ohio 43001"),
        "1 See St<br>Lakemont, OH 43001<br>Phone: 740-555-0101<br>",
        "<p>1 See St, Lakemont, OH 43001</p>",
    ],
    ids=["fields", "other fields", "a line", "second line", "line breaks", "one line"],
)
def test_city_state_and_zip_are_read_wherever_the_row_has_them(body: str) -> None:
    assert read(row(LAKEMONT.name, body, LAKEMONT.website or "")) == (LAKEMONT,)


def test_a_row_with_a_street_alone_has_a_street_alone() -> None:
    body = fields(address_1="1 See St", address_2="P.O. Box 9")
    assert read(row("Eparchy of Wrenfield", body)) == (Diocese("Eparchy of Wrenfield", "1 See St, P.O. Box 9"),)


def test_the_website_is_the_dioceses_and_not_a_bishops_or_a_social_page() -> None:
    (one,) = read(row("Diocese of Wrenfield", fields(city="Wrenfield"), "https://www.facebook.com/wrenfield"))
    assert one.website is None


def test_dioceses_of_one_city_stay_two_and_a_repeated_row_is_one() -> None:
    rows = [row(f"{kind} of Lakemont", fields(city="Lakemont")) for kind in ("Diocese", "Eparchy", "Diocese")]
    assert [one.name for one in read(*rows)] == ["Diocese of Lakemont", "Eparchy of Lakemont"]


def test_rows_that_are_no_diocese_are_skipped_and_told() -> None:
    page = "<html>" + row(LAKEMONT.name, fields(city="Lakemont")) + row("Back to top", "") + "</html>"
    reading = read_dioceses(Document(Page("", page.encode())))
    assert len(reading.dioceses) == 1
    assert [one.why for one in reading.skipped] == ["neither the name of a diocese nor an address"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><h1>Access denied</h1></body></html>",
        b"<html><body><div class='diocese-card'><h3>Diocese of Lakemont</h3></div></body></html>",
        b'{"dioceses": []}',
        b"%PDF-1.7",
        b"\x00\x01\x02",
    ],
)
def test_a_page_without_a_single_diocese_is_an_error_and_never_an_empty_success(body: bytes) -> None:
    with pytest.raises(NotTheDioceseList, match=r"VITALITY_USCCB_URL"):
        read_dioceses(Document(Page("https://bishops.example/all", body)))
