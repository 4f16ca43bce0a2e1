"""Dioceses, their directories, and how reading them went."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity
from vitality_lib.store.checks.crawl import STALE, STALE_DAYS

_FEW = 10
_WITH_DIRECTORY = """FROM listed d JOIN directories f ON f.diocese_id = d.id
    LEFT JOIN (SELECT diocese_id, count(*) AS parishes FROM published GROUP BY diocese_id) AS held USING (diocese_id)"""
_READ = """FROM listed d JOIN newest n ON n.stage = 'extraction' AND n.unit_kind = 'diocese' AND n.unit_id = d.id"""

DIOCESES = (
    Check(
        "diocese_without_website",
        "Diocese without website",
        Severity.WARNING,
        Of.DIOCESES,
        "The list of dioceses names no website.",
        "SELECT id, website IS NULL AS fails FROM listed",
    ),
    Check(
        "diocese_without_directory",
        "Diocese without a directory",
        Severity.GAP,
        Of.DIOCESES,
        "Of the listed dioceses with a website: no parish directory is known.",
        """SELECT id, NOT EXISTS (SELECT FROM directories f WHERE f.diocese_id = listed.id) AS fails
        FROM listed WHERE website IS NOT NULL""",
    ),
    Check(
        "directory_stale",
        f"Directory not confirmed for {STALE_DAYS} days",
        Severity.WARNING,
        Of.DIOCESES,
        f"Of the dioceses with a directory: not read with outcome ok within {STALE_DAYS} days, or never.",
        f"""SELECT d.id, {STALE} AS fails FROM listed d JOIN directories f ON f.diocese_id = d.id
        LEFT JOIN visits v ON v.stage = 'extraction' AND v.unit_kind = 'diocese' AND v.unit_id = d.id""",
    ),
    Check(
        "directory_platform_unknown",
        "Directory of an unknown platform",
        Severity.GAP,
        Of.DIOCESES,
        "Of the dioceses with a directory: no reader of a platform has claimed it.",
        """SELECT d.id, coalesce(f.platform, 'none') IN ('none', '') AS fails
        FROM listed d JOIN directories f ON f.diocese_id = d.id""",
    ),
    Check(
        "directory_without_parishes",
        "Directory without parishes",
        Severity.ERROR,
        Of.DIOCESES,
        "Of the dioceses with a directory: no parish is published.",
        f"SELECT d.id, held.parishes IS NULL AS fails {_WITH_DIRECTORY}",
    ),
    Check(
        "directory_shrunk",
        "Fewer parishes than the directory was chosen for",
        Severity.WARNING,
        Of.DIOCESES,
        "Of the dioceses with published parishes whose directory showed some when it was chosen: a tenth, and more than"
        " three, are missing.",
        f"""SELECT d.id, f.proved - held.parishes > greatest(3, 0.1 * f.proved) AS fails {_WITH_DIRECTORY}
        WHERE f.proved > 0 AND held.parishes IS NOT NULL""",
    ),
    Check(
        "diocese_with_few_parishes",
        f"Diocese with fewer than {_FEW} parishes",
        Severity.WARNING,
        Of.DIOCESES,
        "Of the dioceses with published parishes: the smallest of the Latin church have more than this; a directory may"
        " have been read in part. Eparchies and ordinariates may be as small.",
        f"SELECT d.id, held.parishes < {_FEW} AS fails {_WITH_DIRECTORY} WHERE held.parishes IS NOT NULL",
    ),
    Check(
        "diocese_held",
        "Reading held for review",
        Severity.WARNING,
        Of.DIOCESES,
        "The newest reading of the directory moved too much and waits for a person; the last good data stays.",
        """SELECT id, EXISTS (SELECT FROM reviews r WHERE r.diocese_id = listed.id AND r.decided_at IS NULL) AS fails
        FROM listed""",
    ),
    Check(
        "directory_not_readable",
        "Directory that could not be read last time",
        Severity.WARNING,
        Of.DIOCESES,
        "Of the dioceses whose directory was read: the newest outcome is neither ok nor held for review.",
        f"SELECT d.id, n.reason NOT IN ('ok', 'held_for_review') AS fails {_READ}",
    ),
    Check(
        "ok_without_parishes",
        "Directory read with success, yet without parishes",
        Severity.ERROR,
        Of.DIOCESES,
        "Of the dioceses whose newest reading ended with outcome ok: no parish is published.",
        f"""SELECT d.id, NOT EXISTS (SELECT FROM published p WHERE p.diocese_id = d.id) AS fails {_READ}
        WHERE n.reason = 'ok'""",
    ),
    Check(
        "override_expired",
        "Expired override of a directory",
        Severity.GAP,
        Of.DIOCESES,
        "Of the dioceses whose directory a person named: that has expired, and still stands there.",
        """SELECT d.id, coalesce(o.expires_at <= %(now)s::timestamptz, false) AS fails
        FROM listed d JOIN directory_overrides o ON o.diocese_id = d.id""",
    ),
)
