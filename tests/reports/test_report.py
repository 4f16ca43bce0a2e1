"""A report from a real database: its figures are those counted by hand, and its files hold together."""

from __future__ import annotations

from fictional_country import Country


async def test_totals_are_those_of_what_is_published(country: Country) -> None:
    figures = (await country.report()).figures
    assert {total.key: total.count for total in figures.totals} == {
        "dioceses": 2,
        "directories": 1,
        "parishes": 5,
        "websites": 4,
        "scheduled": 3,
        "services": 7,
        "mass": 4,
        "confession": 2,
        "adoration": 1,
        "other_devotion": 0,
    }
