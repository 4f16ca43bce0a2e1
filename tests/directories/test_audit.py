"""What may be published, and what is held back for review."""

import pytest

from vitality_lib.directories.audit import audit
from vitality_lib.models import ParishEntry


def entries(count: int) -> list[ParishEntry]:
    return [ParishEntry(f"St. {n}", street=f"{n} Elm St", city="Alderton") for n in range(count)]


@pytest.mark.parametrize(
    ("published", "read", "good"),
    [(0, 60, True), (60, 60, True), (60, 66, True), (60, 54, True), (60, 53, False), (60, 67, False), (10, 7, True),
     (10, 6, False), (0, 0, False), (60, 0, False)],
)  # fmt: skip
def test_a_count_may_move_by_three_or_a_tenth(published: int, read: int, good: bool) -> None:
    verdict = audit(published, entries(read))
    assert verdict.good is good
    assert bool(verdict.why) is not good


def test_parishes_all_without_place_and_website_are_held_back() -> None:
    verdict = audit(0, [ParishEntry("St. Agatha", detail_url="https://lakemont.example/1")])
    assert not verdict.good
    assert "none of the 1 parishes" in verdict.why
