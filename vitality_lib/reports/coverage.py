"""How much there is: totals, the coverage funnel, and coverage by diocese."""

from __future__ import annotations

import pandas as pd

from vitality_lib.models import Reason, ServiceType, Stage, UnitKind
from vitality_lib.reports.figures import DioceseCoverage, FunnelStep, Total
from vitality_lib.reports.reasons import NOT_VISITED
from vitality_lib.reports.share import Share
from vitality_lib.reports.tables import Tables

_SERVICES = {
    ServiceType.MASS: ("Masses", "Current services of type Mass; one row a time, whatever days it is said on."),
    ServiceType.CONFESSION: ("Confessions", "Current services of type Confession."),
    ServiceType.ADORATION: ("Adorations", "Current services of type Adoration, Holy Hours with exposition included."),
    ServiceType.OTHER_DEVOTION: ("Other devotions", "Rosary, Stations, novenas, Liturgy of the Hours and the like."),
}


def totals(tables: Tables) -> tuple[Total, ...]:
    """What is published now, each count beside that of the report before."""
    listed, parishes, services = tables.listed, tables.parishes, tables.services
    counts = [
        ("dioceses", "Dioceses", len(listed), "On the newest USCCB list."),
        (
            "directories",
            "Directories",
            int(listed["directory"].notna().sum()),
            "Listed dioceses with a proved parish directory.",
        ),
        ("parishes", "Parishes", len(parishes), "Published: in their diocese's directory when it was last read."),
        ("websites", "Websites", int(parishes["website"].notna().sum()), "Published parishes with a known website."),
        ("scheduled", "With services", len(scheduled(tables)), "Published parishes with one current service or more."),
        ("services", "Services", len(services), "Current services of published parishes, of every type."),
    ]
    by_type = services["type"].value_counts()
    counts += [(kind.value, label, int(by_type.get(kind.value, 0)), say) for kind, (label, say) in _SERVICES.items()]
    before = dict(tables.before.figures.get("totals", {})) if tables.before else {}
    return tuple(Total(key, label, count, before.get(key), say) for key, label, count, say in counts)


def funnel(tables: Tables) -> tuple[FunnelStep, ...]:
    """From the list of dioceses to service times: first counted in dioceses, then in parishes."""
    listed, parishes = tables.listed, tables.parishes
    dioceses, all_parishes = len(listed), len(parishes)
    with_directory = int(listed["directory"].notna().sum())
    with_parishes = int(listed["id"].isin(parishes["diocese_id"]).sum())
    with_website = int(parishes["website"].notna().sum())
    return (
        FunnelStep("listed", "Dioceses on the list", Share(dioceses, dioceses), "On the newest USCCB list."),
        FunnelStep("directory", "with a directory", Share(with_directory, dioceses), "A proved parish directory."),
        FunnelStep("read", "with parishes", Share(with_parishes, dioceses), "One published parish or more."),
        FunnelStep("parishes", "Parishes published", Share(all_parishes, all_parishes), "In a directory."),
        FunnelStep("website", "with a website", Share(with_website, all_parishes), "Their own website is known."),
        FunnelStep("scheduled", "with services", Share(len(scheduled(tables)), all_parishes), "One service or more."),
    )


def by_diocese(tables: Tables) -> tuple[DioceseCoverage, ...]:
    """One row for each listed diocese, by state and name."""
    parishes = tables.parishes.assign(
        has_website=tables.parishes["website"].notna(), has_services=tables.parishes["id"].isin(scheduled(tables))
    )
    counts = parishes.groupby("diocese_id").agg(
        parishes=("id", "size"), websites=("has_website", "sum"), schedules=("has_services", "sum")
    )
    counts["services"] = tables.services.groupby("diocese_id").size()
    listed = tables.listed.assign(
        read=_reasons(tables, Stage.EXTRACTION),
        found=_reasons(tables, Stage.DISCOVERY),
        read_at=tables.confirmed(tables.listed, Stage.EXTRACTION, UnitKind.DIOCESE),
    )
    rows = listed.merge(counts, left_on="id", right_index=True, how="left")
    rows = rows.sort_values(["state", "name"], na_position="last")
    whole = ["parishes", "websites", "schedules", "services"]
    rows[whole] = rows[whole].fillna(0).astype(int)
    return tuple(_diocese(row) for _, row in rows.iterrows())


def scheduled(tables: Tables) -> frozenset[int]:
    """Ids of the parishes with a current service."""
    return frozenset(tables.services["parish_id"])


def _reasons(tables: Tables, stage: Stage) -> pd.Series[str]:
    """The newest outcome of a stage for each listed diocese; NaN where it has none."""
    rows = tables.outcomes
    ours = rows[(rows["stage"] == stage) & (rows["unit_kind"] == UnitKind.DIOCESE)]
    return ours.set_index("unit_id")["reason"].reindex(tables.listed["id"]).set_axis(tables.listed.index)


def _diocese(row: pd.Series) -> DioceseCoverage:
    def text(column: str) -> str:
        return "" if pd.isna(row[column]) else str(row[column])

    count = int(row["parishes"])
    stage, outcome = _how_it_went(text("read"), text("found"))
    return DioceseCoverage(
        name=row["name"],
        state=text("state"),
        platform=text("platform"),
        route=text("route"),
        parishes=count,
        websites=Share(int(row["websites"]), count),
        schedules=Share(int(row["schedules"]), count),
        services=int(row["services"]),
        read_at=None if pd.isna(row["read_at"]) else row["read_at"].to_pydatetime(),
        stage=stage,
        outcome=outcome,
        held=not pd.isna(row["held_since"]),
    )


def _how_it_went(read: str, found: str) -> tuple[str, str]:
    """The stage that says how a diocese stands, and its outcome: the reading; without one, the search."""
    if read:
        return Stage.EXTRACTION.value, read
    return (Stage.DISCOVERY.value, found) if found and found != Reason.OK else ("", NOT_VISITED)
