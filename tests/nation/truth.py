"""What must be in the database after a crawl of the nation: made from its plan, as the sample web's truth is."""

from __future__ import annotations

from nation.plan import Plan
from vitality_lib.sample.truth import Truth, of_diocese


def of_plan(plan: Plan) -> Truth:
    """The truth about every diocese of a plan. A plan of national size holds all its parishes at once."""
    return Truth(tuple(of_diocese(plan.diocese(number)) for number in range(plan.dioceses)))
