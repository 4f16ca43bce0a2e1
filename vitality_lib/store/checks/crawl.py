"""What the visits say of parishes: how old the data is, and outcomes that do not fit the facts."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

STALE_DAYS = 15
STALE = f"coalesce(good_at < %(now)s::timestamptz - interval '{STALE_DAYS} days', true)"
_VISITED = """FROM published p
    LEFT JOIN visits v ON v.stage = 'schedule' AND v.unit_kind = 'parish' AND v.unit_id = p.id"""
_HAS_SERVICES = "EXISTS (SELECT FROM services s WHERE s.parish_id = p.id AND s.valid_to IS NULL)"
_ENDED = """FROM published p JOIN newest n ON n.stage = 'schedule' AND n.unit_kind = 'parish' AND n.unit_id = p.id"""

CRAWL = (
    Check(
        "parish_stale",
        f"Services not confirmed for {STALE_DAYS} days",
        Severity.WARNING,
        Of.PARISHES,
        f"Of the parishes with a website: not read with outcome ok within {STALE_DAYS} days, or never.",
        f"SELECT p.id, {STALE} AS fails {_VISITED} WHERE p.website IS NOT NULL",
    ),
    Check(
        "parish_never_read",
        "Website never read with success",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with a website: no visit to it has ever ended with outcome ok.",
        f"SELECT p.id, v.good_at IS NULL AS fails {_VISITED} WHERE p.website IS NOT NULL",
    ),
    Check(
        "parish_overdue",
        "Visit overdue by a week",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes that were visited before: the next visit was due more than seven days ago.",
        f"""SELECT p.id, v.due_at < %(now)s::timestamptz - interval '7 days' AS fails {_VISITED}
        WHERE v.unit_id IS NOT NULL AND p.website IS NOT NULL""",
    ),
    Check(
        "ok_without_services",
        "Read with success, yet without services",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes whose newest visit ended with outcome ok: no service is published.",
        f"SELECT p.id, NOT {_HAS_SERVICES} AS fails {_ENDED} WHERE n.reason = 'ok'",
    ),
    Check(
        "services_against_outcome",
        "Services, though the site states none now",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with services and a visit: the newest says that there is no such page, no website, or a parked"
        " domain. The last good data still stands.",
        f"""SELECT p.id, n.reason IN ('no_schedule_page', 'no_website', 'parked_domain') AS fails {_ENDED}
        WHERE {_HAS_SERVICES}""",
    ),
    Check(
        "no_website_against_record",
        "Outcome “no website”, though one is known",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with a website that were visited since their record last changed: the outcome is no_website.",
        f"""SELECT p.id, n.reason = 'no_website' AS fails {_ENDED}
        WHERE p.website IS NOT NULL AND n.finished_at >= p.changed_at""",
    ),
)
