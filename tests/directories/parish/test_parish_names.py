"""Which rows are open parishes, and when two rows are the same parish."""

from dataclasses import replace

import pytest

from vitality_lib.directories.parish.listing import listing, merge
from vitality_lib.directories.parish.names import identity, plain_name, sounds_like_parish, why_left_out
from vitality_lib.models import LeftOut, ParishEntry

ST_JOSEPH = ParishEntry("St. Joseph", street="1 Main St", city="Tidewater", state="OR")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("St. Joseph", None),
        ("St. Joseph Church & School", None),
        ("All Saints (University City)", None),
        ("St. Elizabeth Seton Parish", None),
        ("Newman Community Parish", None),
        ("St. Joseph School", "a school"),
        ("St. Joseph Parish School", "a school"),
        ("Holy Family Academy", "a school"),
        ("Calvary Cemetery", "a cemetery"),
        ("Office of Worship", "an office"),
        ("Diocese of Lakemont", "an office"),
        ("Holy Redeemer (closed 2019)", "closed"),
        ("St. Thecla (merged with St. Odo)", "merged"),
        ("Store Name", "a placeholder"),
        ("{{ parish.name }}", "a placeholder"),
        ("Test", "a placeholder"),
        ("Escuela San José", "a school"),
        ("Catholic Campus Ministry", "an office"),
        ("Holy Spirit Newman Center Parish", None),
        ("Cementerio San Pedro", "a cemetery"),
        ("Rev. Edwin Farthing", "a person"),
        ("Father Marquette Parish", None),
        ("St. Odo Fish Fry", "an event"),
    ],
)
def test_what_is_no_open_parish_is_left_out_with_a_reason(name: str, why: str | None) -> None:
    assert why_left_out(name) == why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Saint Mary's Catholic Church", "St Mary", True),
        ("St. Mary's", "Saint Mary Parish", True),
        ("Ss. Peter & Paul", "Saints Peter and Paul", True),
        ("Église Saint-Rémi", "Eglise Saint Remi", True),
        ("St. Anne", "St. Anna", False),
        ("St. Joseph", "St. Joseph the Worker", False),
    ],
)
def test_names_are_compared_without_what_does_not_tell_parishes_apart(one: str, other: str, same: bool) -> None:
    assert (plain_name(one) == plain_name(other)) is same


def test_st_joseph_of_two_towns_are_two() -> None:
    read = listing([ST_JOSEPH, replace(ST_JOSEPH, city="Gull Point")])
    assert len(read.parishes) == 2


def test_two_spellings_of_one_name_and_street_are_one_and_complete_each_other() -> None:
    other = ParishEntry("Saint Joseph Church", street="1 Main Street", city="Tidewater", phone="+15415550101")
    read = listing([ST_JOSEPH, other])
    assert read.parishes == (replace(ST_JOSEPH, phone="+15415550101"),)
    assert read.left_out == (LeftOut("Saint Joseph Church", "listed twice"),)


def test_identity_holds_through_spelling_and_falls_back_to_coordinates_and_page() -> None:
    assert identity(ST_JOSEPH) == identity(replace(ST_JOSEPH, name="Saint Joseph Parish", street="1 Main Street"))
    bare = ParishEntry("St. Joseph")
    assert identity(replace(bare, latitude=44.7, longitude=-123.1)) != identity(bare)
    assert identity(replace(bare, detail_url="https://tidewater.example/a")) != identity(
        replace(bare, detail_url="https://tidewater.example/b")
    )


def test_one_school_among_many_parishes_is_a_parish_by_an_odd_name() -> None:
    parishes = [ParishEntry(f"St. {n}", street=f"{n} Elm St", city="Alderton") for n in range(30)]
    odd = ParishEntry("Seton Academy", street="99 Elm St", city="Alderton")
    assert odd in listing([*parishes, odd]).parishes
    assert odd not in listing([*parishes[:5], odd]).parishes


def test_a_row_with_a_name_and_nothing_else_is_left_out() -> None:
    assert listing([ParishEntry("St. Joseph")]).left_out == (LeftOut("St. Joseph", "neither a place nor a link"),)


def test_a_host_that_most_of_a_list_shares_is_the_directorys_own() -> None:
    rows = [replace(ST_JOSEPH, name=f"St. {n}", website=f"https://dir.example/{n}") for n in "ABCDE"]
    own = replace(ST_JOSEPH, name="St. Z", website="https://stz.example")
    read = listing([*rows, own]).parishes
    assert [entry.website for entry in read] == [None] * 5 + ["https://stz.example"]
    assert [entry.detail_url for entry in read][:1] == ["https://dir.example/A"]


def test_merging_takes_coordinates_together_and_overwrites_nothing() -> None:
    first, second = (
        replace(ST_JOSEPH, latitude=None),
        replace(ST_JOSEPH, street="2 Side St", latitude=1.0, longitude=2.0),
    )
    assert merge(first, second) == replace(ST_JOSEPH, latitude=1.0, longitude=2.0)


@pytest.mark.parametrize("name", ["Parish Directory", "Find a Parish", "Donate", "About us"])
def test_titles_of_lists_are_no_parishes(name: str) -> None:
    assert not sounds_like_parish(name)


@pytest.mark.parametrize(
    "name",
    [
        "Inmaculada Concepción", "Espíritu Santo", "La Purísima", "Señor de los Milagros", "Mt. Carmel",
        "Holy Protection Ukrainian Greek Catholic Church", "Dormition of the Theotokos", "Korean Martyrs",
        "Cathedral of the Madeleine", "Seven Dolors", "Mater Dolorosa", "Bread of Life Catholic Community",
    ],
)  # fmt: skip
def test_what_churches_are_called_sounds_like_a_parish(name: str) -> None:
    assert sounds_like_parish(name)


@pytest.mark.parametrize("text", ["Holy Week", "Our Mission", "Mary Smith", "Blessed are the poor", "Parish Life"])
def test_what_only_speaks_of_the_church_does_not(text: str) -> None:
    assert not sounds_like_parish(text)


def test_capitals_and_abbreviations_make_no_other_parish() -> None:
    assert plain_name("ST. JOSEPH'S R.C. CHURCH") == plain_name("St. Joseph")
    assert plain_name("Our Lady of Mt. Carmel") == plain_name("Our Lady of Mount Carmel")
    assert plain_name("Parroquia San José") == plain_name("San Jose")
