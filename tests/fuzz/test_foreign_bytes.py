"""Whatever comes, a parser of foreign bytes returns or refuses as it documents; and time grows in step with bytes.

This is the short form: `make fuzz` goes on for as long as one likes, guided by the branches that an input reaches.
"""

from __future__ import annotations

import random

import pytest
from growth import MOST, growth, random_pump
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mangling import foreign
from parsers import PARSERS

_PUMPS = 2  # for each parser


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_bytes_are_read_or_refused_as_documented(name: str, data: st.DataObject) -> None:
    PARSERS[name](data.draw(foreign(PARSERS[name].seeds)))


@pytest.mark.no_cover  # counting lines takes longer than reading
@pytest.mark.parametrize("name", PARSERS)
def test_time_grows_in_step_with_bytes(name: str) -> None:
    parser, of = PARSERS[name], random.Random(name)
    for _ in range(_PUMPS):
        pumped = random_pump(of, parser.seeds)
        times, took = growth(parser, pumped, first=16 * 1024)
        assert times < MOST, f"{times:.1f} times as long for four times as much: {took:.2f} s, {pumped}"


@pytest.mark.parametrize("name", PARSERS)
def test_the_seeds_of_a_parser_are_such_as_it_can_read(name: str) -> None:
    assert PARSERS[name].seeds
    for seed in PARSERS[name].seeds[:20]:
        PARSERS[name](seed)
