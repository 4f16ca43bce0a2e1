"""What the stages took beside what their pods ask for."""

from collections import Counter
from dataclasses import replace

import pytest
from crawled import Crawled
from measured import Measured
from measured_table import Row, Run, faults, table

MIB = 2**20
DONE = Crawled(Counter({("diocese", "ok"): 17, ("diocese", "no_website"): 1}), in_browser=3)
FREE = Measured(0, 20.0, 360 * MIB, 380 * MIB, cpu_seconds=15.0, busiest=0.9)
WITHIN = replace(FREE, seconds=41.6, memory=370 * MIB)
FITS = Row("discovery", "512Mi", "200m", Run(FREE, DONE), Run(WITHIN, DONE), shown_before=1)


def within(**changes: object) -> Row:
    return replace(FITS, within=Run(replace(WITHIN, **changes), DONE))


def test_a_row_says_what_was_taken_beside_what_is_asked_for() -> None:
    *_, row = table([FITS]).splitlines()
    assert row == "| discovery | 370Mi | 380Mi | 512Mi | 750m | 900m | 200m | 2 | 20 s | 42 s |"
    assert table([replace(FITS, within=None)]).endswith("| 20 s | - |")


def test_what_fits_has_no_fault_however_much_cpu_it_would_take() -> None:
    assert faults([FITS, replace(FITS, within=None)]) == []


def test_memory_up_to_the_limit_fits_and_a_byte_more_does_not() -> None:
    limit = round(2.2 * 2**30)
    extraction = replace(within(memory=limit - 1), stage="extraction", memory_limit="2.2Gi")
    assert faults([extraction]) == []
    assert faults([FITS, replace(extraction, free=Run(replace(FREE, memory=limit + 1), DONE))]) == [
        "extraction takes 2253Mi, which is more than its 2.2Gi: raise VITALITY_EXTRACTION_MEMORY"
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            within(killed=2),
            "discovery: at 512Mi the kernel ended 2 of its processes: raise VITALITY_DISCOVERY_MEMORY",
        ),
        (within(code=1), "discovery ended with 1; what it said stands above"),
        (
            replace(FITS, within=Run(WITHIN, Crawled(Counter({("diocese", "ok"): 16, ("diocese", "timeout"): 2}), 3))),
            "discovery ends otherwise within its limits (-1 diocese no_website, -1 diocese ok, +2 diocese timeout): "
            "raise VITALITY_DISCOVERY_CPU",
        ),
    ],
)
def test_what_goes_wrong_is_said_with_the_setting_that_mends_it(row: Row, fault: str) -> None:
    assert faults([row]) == [fault]
