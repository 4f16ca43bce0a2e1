"""What became of each unit of work: the newest outcomes, by stage and reason."""

from __future__ import annotations

from vitality_lib.models import Reason, Stage, UnitKind
from vitality_lib.reports.figures import ReasonCount, StageOutcomes
from vitality_lib.reports.reasons import NOT_VISITED, explain
from vitality_lib.reports.share import Share
from vitality_lib.reports.tables import Tables

_TITLES = {
    (Stage.DISCOVERY, UnitKind.STAGE): "The list of dioceses",
    (Stage.DISCOVERY, UnitKind.DIOCESE): "Finding each diocese's parish directory",
    (Stage.EXTRACTION, UnitKind.DIOCESE): "Reading each directory",
    (Stage.SCHEDULE, UnitKind.DIOCESE): "Visiting the parishes of each diocese",
    (Stage.SCHEDULE, UnitKind.PARISH): "Reading each parish's services",
}


def by_reason(tables: Tables) -> tuple[StageOutcomes, ...]:
    """The newest outcome of each diocese and parish, whichever run it came from; those without one are counted too."""
    units = {UnitKind.DIOCESE: len(tables.listed), UnitKind.PARISH: len(tables.parishes)}
    groups = []
    for (stage, unit_kind), title in _TITLES.items():
        counts = _counts(tables, stage, unit_kind)
        if not counts and (unit_kind not in units or (stage, unit_kind) == (Stage.SCHEDULE, UnitKind.DIOCESE)):
            continue  # these have rows only where the stage chose to write them
        missing = units.get(unit_kind, 0) - sum(counts.values())
        if missing > 0:
            counts[NOT_VISITED] = missing
        groups.append(StageOutcomes(stage.value, unit_kind.value, title, _explained(counts)))
    return tuple(groups)


def _counts(tables: Tables, stage: Stage, unit_kind: UnitKind) -> dict[str, int]:
    rows = tables.outcomes
    reasons = rows.loc[(rows["stage"] == stage) & (rows["unit_kind"] == unit_kind), "reason"]
    return {str(reason): int(count) for reason, count in reasons.value_counts().items()}


def _explained(counts: dict[str, int]) -> tuple[ReasonCount, ...]:
    whole = sum(counts.values())
    order = sorted(counts, key=lambda reason: (reason != Reason.OK, reason == NOT_VISITED, -counts[reason], reason))
    return tuple(
        ReasonCount(reason, Share(counts[reason], whole), explain(reason).meaning, explain(reason).advice)
        for reason in order
    )
