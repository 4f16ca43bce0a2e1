"""What the model does for the rest of the library, as callables; without a key all are None."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.ai.calls import asker
from vitality_lib.ai.gemini import Gemini
from vitality_lib.ai.mark_spans import Mark, marker
from vitality_lib.ai.rank_links import Rank, ranker
from vitality_lib.ai.repeating_element import Point, pointer
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database


@dataclass(frozen=True)
class Assistant:
    """`rank` puts links in order, `point` names the element of a page that repeats, `mark` labels uncertain lines."""

    rank: Rank | None = None
    point: Point | None = None
    mark: Mark | None = None


def assistant(settings: Settings, database: Database) -> Assistant:
    """The assistant of these settings; without a key one that does nothing."""
    model = Gemini.of(settings)
    if model is None:
        return Assistant()
    ask = asker(model, database, settings.gemini_budget)
    return Assistant(ranker(ask), pointer(ask), marker(ask))
