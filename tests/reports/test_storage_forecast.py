"""What the database will take in a year: measured where the reports tell, supposed and said so where they do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from fictional_country import Country
from report_sections import rows_of, section_of

from vitality_lib.reports.storage import StorageForecast, Windows, storage
from vitality_lib.store.storage_sizes import KINDS, Sizes, Storage

START = datetime(2026, 1, 1, tzinfo=UTC)


def forecast(
    weeks: int, size: Callable[[int], int], quoted: float | None = 0.0, *, age_weeks: int | None = None
) -> StorageForecast:
    """After so many weekly reports, of which the n-th found each kind of this size."""
    at = [START + timedelta(weeks=week) for week in range(weeks)]
    points = [Sizes(moment, dict.fromkeys(KINDS, size(week))) for week, moment in enumerate(at)]
    since = at[-1] - timedelta(weeks=weeks - 1 if age_weeks is None else age_weeks)
    return storage(Storage(points[-1], tuple(points[:-1]), since, quoted), Windows(bodies=90, ledger=180))


def year_of(made: StorageForecast, kind: str) -> int:
    return next(one.in_a_year for one in made.kinds if one.key == kind)


def test_what_is_kept_for_good_grows_on() -> None:
    made = forecast(5, lambda week: 1000 + 70 * week)
    assert made.measured
    assert year_of(made, "history") == pytest.approx(1280 + 3650)


def test_what_has_a_window_grows_until_it_is_full() -> None:
    made = forecast(5, lambda week: 1000 + 70 * week)
    assert year_of(made, "ledger") == pytest.approx(1280 + 10 * (180 - 28))


def test_of_bodies_those_that_history_quotes_go_on_growing() -> None:
    made = forecast(5, lambda week: 1000 + 70 * week, 0.5)
    assert year_of(made, "bodies") == pytest.approx(1280 + 10 * (62 + 0.5 * 303))


def test_a_full_window_stays_as_it_is() -> None:
    made = forecast(60, lambda week: 1000 + 70 * min(week, 26))
    assert year_of(made, "ledger") == pytest.approx(1000 + 70 * 26, rel=0.02)


def test_one_report_tells_no_growth_and_the_forecast_says_that_it_supposes_it() -> None:
    made = forecast(1, lambda _: 7000)
    assert not made.measured
    assert year_of(made, "facts") == pytest.approx(7000 + 7000 * 0.03 / 7 * 365)
    assert all(one.low is None for one in made.kinds)


def test_the_interval_holds_the_forecast_and_widens_with_the_scatter() -> None:
    even, uneven = (
        forecast(9, lambda week: 1000 + 70 * week),
        forecast(9, lambda week: 1000 + 70 * week + week % 3 * 50),
    )
    for made in (even, uneven):
        for one in made.kinds:
            assert one.low is not None
            assert one.high is not None
            assert one.low <= one.in_a_year <= one.high
    assert _width(uneven) > _width(even)


def _width(made: StorageForecast) -> int:
    return sum((one.high or 0) - (one.low or 0) for one in made.kinds)


async def test_the_report_has_a_row_for_each_kind_and_says_that_one_report_is_not_enough(country: Country) -> None:
    made = await country.report()
    assert [row[0] for row in rows_of(made, "storage")] == [
        *("Page bodies", "Pages", "Facts and their evidence", "History", "Run ledger", "All else")
    ]
    section = section_of(made, "storage")
    assert section is not None
    assert "not enough to tell" in section.get_text()
    assert made.figures.storage.now > 0
