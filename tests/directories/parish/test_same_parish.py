"""A parish keeps its identity over crawls, whatever of its name, street or website changed."""

from dataclasses import replace

from vitality_lib.directories.parish.names import identity
from vitality_lib.directories.parish.same_parish import identities
from vitality_lib.models import ParishEntry

ANNE = ParishEntry("St. Anne", "1 Main St", "Tidewater", website="https://stanne.example/")
ANNA = ParishEntry("St. Anna", "9 Mill Rd", "Tidewater", website="https://stanna.example/")
JOSEPH = ParishEntry("St. Joseph", "5 Bay Rd", "Gull Point", website="https://stjoseph.example/")
KNOWN = {identity(entry): entry for entry in (ANNE, ANNA, JOSEPH)}


def known_as(*entries: ParishEntry) -> list[str]:
    """The names of the known parishes that rows are; `new` for those that are none."""
    return [KNOWN[key].name if key in KNOWN else "new" for key in identities(KNOWN, entries)]


def test_the_same_rows_are_the_same_parishes_in_any_order_and_spelling() -> None:
    assert known_as(JOSEPH, replace(ANNE, name="Saint Anne Catholic Church", street="1 Main Street"), ANNA) == [
        "St. Joseph", "St. Anne", "St. Anna",
    ]  # fmt: skip


def test_a_parish_that_is_renamed_is_known_by_its_street() -> None:
    assert known_as(ANNE, ANNA, replace(JOSEPH, name="Holy Family")) == ["St. Anne", "St. Anna", "St. Joseph"]


def test_a_corrected_street_and_a_moved_parish_with_a_new_name_are_known() -> None:
    moved = replace(ANNE, name="Sts. Anne and Joachim", street="77 Hill Rd", city="Overlook")
    assert known_as(moved, replace(ANNA, street="19 Mill Rd"), JOSEPH) == ["St. Anne", "St. Anna", "St. Joseph"]


def test_st_anne_is_not_st_anna_and_the_same_name_in_another_town_is_another_parish() -> None:
    assert known_as(replace(ANNE, street=None, website=None)) == ["St. Anne"]
    assert known_as(ANNE, ANNA, JOSEPH, ParishEntry("St. Joseph", "2 Elm St", "Alderton")) == [
        "St. Anne", "St. Anna", "St. Joseph", "new",
    ]  # fmt: skip


def test_what_two_rows_share_tells_neither() -> None:
    both = [ParishEntry("Holy Cross", "5 Bay Rd", "Gull Point"), ParishEntry("All Saints", "5 Bay Rd", "Gull Point")]
    assert known_as(*both) == ["new", "new"]


def test_no_two_rows_have_one_identity() -> None:
    twice = [ANNE, replace(ANNE, website="https://stanne-school.example/")]
    assert len(set(identities({}, twice))) == 2
