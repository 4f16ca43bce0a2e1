"""Rows become parishes: pins laid upon rows, churches kept together, civil parishes left out."""

from dataclasses import replace

from vitality_lib.directories.parish.listing import listing
from vitality_lib.models import LeftOut, ParishEntry

ANNE = ParishEntry("St. Anne", "1 Main St", "Tidewater", "OR", website="https://stanne.example/")


def test_a_pin_is_laid_upon_the_one_row_of_its_name() -> None:
    pin = ParishEntry("Saint Anne Church", latitude=44.6, longitude=-123.1)
    assert listing([pin, ANNE]).parishes == (replace(ANNE, latitude=44.6, longitude=-123.1),)


def test_a_pin_whose_name_two_rows_bear_stays_a_row_of_its_own() -> None:
    other = replace(ANNE, city="Gull Point", website="https://other.example/")
    assert len(listing([ANNE, other, ParishEntry("St. Anne", latitude=44.6, longitude=-123.1)]).parishes) == 3


def test_as_many_pins_as_rows_of_a_name_are_laid_upon_them_in_their_order() -> None:
    rows = [ANNE, replace(ANNE, city="Gull Point", website="https://other.example/")]
    pins = [ParishEntry("St. Anne", latitude=44.6 + number, longitude=-123.1) for number in (0, 1)]
    placed = [replace(row, latitude=pin.latitude, longitude=-123.1) for row, pin in zip(rows, pins, strict=True)]
    assert list(listing([*pins, *rows]).parishes) == placed
    assert list(listing([rows[0], pins[0], rows[1], pins[1]]).parishes) == placed


def test_two_rows_of_one_name_and_place_with_websites_of_their_own_are_kept() -> None:
    """Which of the websites is right cannot be told; each is visited."""
    other = replace(ANNE, website="https://stanneparish.example/")
    assert listing([ANNE, other]).parishes == (ANNE, other)
    assert len(listing([ANNE, replace(ANNE, website=None)]).parishes) == 1


def test_the_churches_of_one_parish_are_one_parish() -> None:
    sites = [
        replace(ANNE, name=f"Holy Family Parish – {church}", street=street)
        for church, street in (("St. Anne Church", "1 Main St"), ("St. Odo Chapel", "9 Mill Rd"))
    ]
    (parish,) = listing(sites).parishes
    assert (parish.name, parish.street) == ("Holy Family Parish", "1 Main St")
    assert parish.churches == ("St. Anne Church", "St. Odo Chapel")


def test_a_parish_with_one_church_in_its_name_keeps_the_name() -> None:
    one = replace(ANNE, name="Holy Family Parish – St. Anne Church")
    assert listing([one]).parishes == (one,)


CIVIL = ("Acadia Parish", "Orleans Parish", "St. Tammany Parish", "Vermilion Parish", "St. John the Baptist Parish")


def test_civil_parishes_of_louisiana_are_left_out() -> None:
    read = listing(ParishEntry(name, latitude=30.2, longitude=-92.4) for name in CIVIL)
    assert read.parishes == ()
    assert set(read.left_out) == {LeftOut(name, "a civil parish") for name in CIVIL}


def test_parishes_that_bear_such_names_are_parishes() -> None:
    named = [ParishEntry(name, "1 Main St", "Houma", "LA") for name in ("St. Mary Parish", "Ascension", "Assumption")]
    assert len(listing(named).parishes) == 3
    mixed = [ParishEntry(name, city="Houma") for name in ("St. Mary Parish", "Holy Cross", "St. Ann", "St. Bridget")]
    assert len(listing(mixed).parishes) == 4


def test_one_odd_name_in_a_long_list_is_a_parish_but_no_school_cemetery_or_office() -> None:
    saints = [ParishEntry(f"St. {name}", f"{number} Elm St", "Dayton", "OH") for number, name in enumerate(MANY)]
    odd = ParishEntry("Seton School", "90 Elm St", "Dayton", "OH")
    assert odd in listing([*saints, odd]).parishes
    for name in ("Catholic Charities", "Diocesan Offices", "The Chancery", "Calvary Cemetery", "Odo High School"):
        read = listing([*saints, replace(odd, name=name)])
        assert len(read.parishes) == len(MANY) and read.left_out[0].name == name


MANY = tuple(
    f"{first}{last}" for first in ("Al", "Ber", "Cuth", "Dun") for last in ("ban", "bert", "ric", "stan", "win", "us")
)
