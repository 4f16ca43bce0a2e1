"""The bench's own sums: the exponent of growth, the ratios to Scrapy, and its page, a table a part."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))
import bench_cost
import bench_growth
from bench_child import Took
from bench_cost import Cost
from bench_page import Result, put

NOW = datetime(2026, 11, 28, tzinfo=UTC)
PAGE = "# B\n<!-- part one -->\nold\n<!-- end -->\nwords\n<!-- part two -->\nother\n<!-- end -->\n"


@pytest.mark.parametrize("power", [0.5, 1.0, 1.05, 2.0])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    sizes = [1000, 4000, 17_000]
    assert bench_growth.exponent(sizes, [0.03 * size**power for size in sizes]) == pytest.approx(power)


def test_a_start_that_costs_the_same_for_all_lowers_the_exponent() -> None:
    sizes = [1000, 4000, 17_000]
    assert bench_growth.exponent(sizes, [30 + 0.03 * size for size in sizes]) < 1


def cost(cpu: float, database: float = 0.0, pages: int = 1000) -> Cost:
    return Cost(Took(1.0, cpu, 2**20), database, pages, pages)


def test_the_run_in_the_middle_counts() -> None:
    assert bench_cost.median([cost(9), cost(1), cost(4)]) == cost(4)


@pytest.mark.parametrize(
    ("read", "whole", "faults"),
    [(cost(8), cost(15, 5), 0), (cost(8.1), cost(15, 5), 1), (cost(8), cost(15, 5.1), 1), (cost(9), cost(30), 2)],
)
def test_each_ratio_to_scrapy_has_its_limit(read: Cost, whole: Cost, faults: int) -> None:
    scrapy = cost(5, pages=500)
    found = bench_cost.result({"fetch + parse": read, bench_cost.SCRAPY: scrapy, "all stages": whole})
    assert len(found.faults) == faults


def test_a_part_replaces_its_own_table_only() -> None:
    made = put(PAGE, "one", Result(("a", "b"), [(1, 2)]), "scripts/bench.py --parts one", NOW)
    assert "| 1 | 2 |" in made and "old" not in made
    assert "`scripts/bench.py --parts one`" in made and "2026-11-28" in made and "PostgreSQL" in made
    assert made.endswith("<!-- end -->\nwords\n<!-- part two -->\nother\n<!-- end -->\n")


def test_a_part_without_a_place_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place for three"):
        put(PAGE, "three", Result(("a",), []), "", NOW)


def test_every_part_has_its_place_on_the_page() -> None:
    import bench  # noqa: PLC0415 - it puts handlers in place when it runs, not when it is imported
    from bench_page import PAGE as page  # noqa: N811, PLC0415

    text = page.read_text("utf-8")
    assert [name for name in bench.PARTS if f"<!-- part {name} -->" not in text] == []
