"""What a stage has done, by the run ledger, so that two crawls of the same web can be held against each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import psycopg

Outcomes = Counter[tuple[str, str]]  # by kind of unit and reason


@dataclass(frozen=True)
class Crawled:
    """How many units of each kind ended with each reason, and how many pages a browser has shown so far."""

    outcomes: Outcomes
    in_browser: int

    def differs(self, other: Crawled) -> str:
        """What the other has more (+) and less (-) of; empty when the outcomes are the same."""
        changes = {one: other.outcomes[one] - self.outcomes[one] for one in self.outcomes | other.outcomes}
        return ", ".join(f"{change:+} {kind} {reason}" for (kind, reason), change in sorted(changes.items()) if change)


def crawled(database: str, stage: str) -> Crawled:
    """Ask the database of a crawl."""
    with psycopg.connect(database) as connection:
        ended = connection.execute(
            "SELECT unit_kind, reason, count(*) FROM outcomes WHERE stage = %s GROUP BY 1, 2", [stage]
        ).fetchall()
        shown = connection.execute("SELECT coalesce(sum(visits), 0) FROM pages WHERE route = 'browser'").fetchone()
    return Crawled(Counter({(kind, reason): count for kind, reason, count in ended}), int(shown[0]) if shown else 0)
