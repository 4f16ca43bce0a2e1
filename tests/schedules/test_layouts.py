"""Two thousand random schedules, each written in one of the layouts that parishes use, are read back exactly."""

from __future__ import annotations

from collections import Counter
from itertools import cycle
from random import Random

import pytest
from invented_schedules import expected, schedule
from layouts import LAYOUTS, page
from shorthand import document, shorthand

from vitality_lib.schedules.reader import read_services

SCHEDULES = 2_000
RATE = 0.97  # of schedules whose services are all found, with nothing more and nothing else
WORST = 0.90  # in any one layout


@pytest.mark.no_cover
def test_random_schedules_are_read_back_from_every_layout() -> None:
    chance = Random(20_261_127)
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for _, layout in zip(range(SCHEDULES), cycle(LAYOUTS), strict=False):
        parishes = schedule(chance)
        found = sorted(map(shorthand, read_services(document(page(parishes, layout, chance))).services))
        tried[layout] += 1
        right[layout] += found == expected(parishes, "es" if layout == "Spanish" else "en")
    rates = {layout: right[layout] / tried[layout] for layout in LAYOUTS}
    said = ", ".join(f"{layout} {rate:.0%}" for layout, rate in sorted(rates.items(), key=lambda pair: pair[1]))
    assert right.total() / SCHEDULES >= RATE, said
    assert min(rates.values()) >= WORST, said
