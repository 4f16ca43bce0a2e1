"""How large a nation is for how many parishes."""

from __future__ import annotations

from bench_nation import Plan
from bench_options import Options
from nation.plan import DIOCESES, PARISHES


def plan_of(options: Options, usual: int) -> Plan:
    """The nation of a part: as many dioceses as its parishes have in the nation as a whole, in proportion."""
    return sized(options.size(usual), options.dioceses)


def sized(parishes: int, dioceses: int = 0) -> Plan:
    """A nation of so many parishes."""
    return Plan(dioceses or max(round(parishes * DIOCESES / PARISHES), 1), parishes)
