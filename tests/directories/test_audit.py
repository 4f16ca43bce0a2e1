"""What may be published, and what is held back for review."""

from dataclasses import replace

import pytest

from vitality_lib.directories.audit import Audited, audit
from vitality_lib.directories.parish.names import identity
from vitality_lib.models import Diocese, DirectoryReading, LeftOut, ParishEntry, Route

OHIO = Diocese("Diocese of Larkspur", state="OH")


def entries(count: int, **facts: object) -> list[ParishEntry]:
    return [
        replace(
            ParishEntry(f"St. {n}", f"{n} Elm St", "Alderton", "OH", "43001", latitude=40.0, longitude=-82.5), **facts
        )
        for n in range(count)
    ]


def why(
    published: list[ParishEntry],
    proposed: list[ParishEntry],
    diocese: Diocese = OHIO,
    **reading: object,
) -> str:
    """Why a reading is held back; empty when it is published."""
    told = replace(DirectoryReading("cards", Route.STATIC, tuple(proposed)), **reading)  # type: ignore[arg-type]
    old, new = ({identity(entry): entry for entry in some} for some in (published, proposed))
    verdict = audit(Audited(diocese, old, new, told))
    assert verdict.good is not bool(verdict.why)
    return verdict.why


@pytest.mark.parametrize(
    ("published", "read", "good"),
    [(0, 60, True), (60, 60, True), (60, 66, True), (60, 54, True), (60, 53, False), (60, 67, False), (10, 7, True),
     (10, 6, False), (0, 0, False), (60, 0, False)],
)  # fmt: skip
def test_a_count_may_move_by_three_or_a_tenth(published: int, read: int, good: bool) -> None:
    assert bool(why(entries(published), entries(read))) is not good


def test_parishes_all_without_place_and_website_are_held_back() -> None:
    bare = [ParishEntry("St. Agatha", detail_url="https://lakemont.example/1")]
    assert "none of the 1 parishes" in why([], bare)


def test_a_list_that_is_known_to_be_cut_short_is_held_back() -> None:
    assert why([], entries(25), incomplete="the locator gives 25 at most") == "the locator gives 25 at most"


def test_a_page_that_speaks_of_many_more_than_were_read_is_held_back() -> None:
    assert why([], entries(25), claimed=185) == "the page speaks of 185 parishes, 25 were read"
    assert not why([], entries(25), claimed=28)
    schools = tuple(LeftOut(f"{n} School", "a school") for n in range(160))
    assert not why([], entries(25), claimed=185, left_out=schools)


def test_other_parishes_in_an_equal_number_are_held_back() -> None:
    others = [replace(entry, name=f"Holy {n}") for n, entry in enumerate(entries(20))]
    assert why(entries(20), others) == "only 0 of the 20 published parishes are among the 20"
    assert not why(entries(20), [*entries(17), *others[:3]])


@pytest.mark.parametrize("field", ["street", "city", "phone", "website"])
def test_a_field_that_most_had_and_few_have_now_holds_a_reading_back(field: str) -> None:
    full = entries(10, phone="+17405550101", website="https://st.example/")
    bare = [replace(entry, **{field: None}) for entry in full]
    held = audit(Audited(OHIO, {str(n): e for n, e in enumerate(full)}, {str(n): e for n, e in enumerate(bare)},
                         DirectoryReading("cards", Route.STATIC, tuple(bare))))  # fmt: skip
    assert held.why == f"0% of the parishes have a {field} where 100% had"


def test_a_list_in_which_each_parish_stands_twice_is_held_back() -> None:
    again = [replace(entry, street=f"{entry.street}, Suite 1") for entry in entries(6)]
    assert why([], [*entries(6), *again]) == "6 parishes are listed twice in one town"
    assert not why([], [*entries(6), *again[:2]])


def test_coordinates_outside_the_state_hold_a_reading_back_and_a_few_do_not() -> None:
    assert "coordinates of 10 parishes" in why([], entries(10, longitude=82.5))
    assert not why([], [*entries(9), *entries(10, longitude=82.5)[9:]])


def test_parishes_of_another_state_hold_a_reading_back_unless_the_diocese_spans_states() -> None:
    texan = entries(10, state="TX", latitude=30.0, longitude=-97.0)
    assert why([], texan) == "10 of 10 parishes are not in OH, the state of the diocese"
    assert not why([], texan, Diocese("Eparchy of Larkspur", state="OH"))
    assert not why([], texan, Diocese("Diocese of Larkspur"))
