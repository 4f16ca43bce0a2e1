"""What the questions to the model cost: how many, and how many tokens; prices are the service's own affair."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.reports.tables import Tables


@dataclass(frozen=True)
class ModelCalls:
    """Questions of the last 30 days for one purpose to one model."""

    purpose: str
    model: str
    calls: int
    answered: int
    failed: int
    tokens: int


@dataclass(frozen=True)
class Cost:
    """Questions to the model: today's (UTC) against the day's budget (None: not known), and the last 30 days'."""

    today: int
    budget: int | None
    rows: tuple[ModelCalls, ...]


def cost(tables: Tables, budget: int | None) -> Cost:
    """What was asked up to the time of the report."""
    columns = ["purpose", "model", "calls", "answered", "failed", "tokens"]
    rows = tables.questions[columns].itertuples(index=False, name=None)
    return Cost(int(tables.questions["calls_today"].sum()), budget, tuple(ModelCalls(*row) for row in rows))
