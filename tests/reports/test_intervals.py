"""Intervals, against values that stand in textbooks."""

from __future__ import annotations

import numpy as np
import pytest

from vitality_lib.reports import intervals


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (6, 2.447), (10, 2.228), (30, 2.042), (120, 1.980), (10_000, 1.960)],
)
def test_students_t(freedom: int, quantile: float) -> None:
    assert intervals.t_quantile(np.array([float(freedom)]))[0] == pytest.approx(quantile, abs=0.002)


def test_of_a_mean() -> None:
    values = np.array([2.0, 4.0, 6.0, 8.0])
    mean, low, high = intervals.of_mean(values.sum(keepdims=True), (values**2).sum(keepdims=True), np.array([4.0]))
    assert (mean[0], low[0], high[0]) == pytest.approx((5.0, 0.891, 9.109), abs=0.001)  # 5 +- 3.182 * 2.582 / 2


def test_of_one_value_there_is_no_interval_and_of_none_no_mean() -> None:
    mean, low, high = intervals.of_mean(np.array([3.0, 0.0]), np.array([9.0, 0.0]), np.array([1.0, 0.0]))
    assert mean[0] == 3.0
    assert np.isnan([low[0], high[0], mean[1], low[1]]).all()


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (15, 50, 0.1910, 0.4375), (5, 10, 0.2366, 0.7634)],
)
def test_of_a_share(part: int, whole: int, low: float, high: float) -> None:
    """Wilson's interval, without correction for continuity."""
    found = intervals.of_share(np.array([float(part)]), np.array([float(whole)]))
    assert [one[0] for one in found] == pytest.approx([part / whole, low, high], abs=0.0005)
