"""Rows that lead nowhere, dates that cannot be, and decisions of people that no longer matter."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

_IN_FORCE = """FROM service_corrections c JOIN parishes p ON p.id = c.parish_id AND p.gone_at IS NULL
    WHERE c.withdrawn_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > %(now)s::timestamptz)"""

REFERENCES = (
    Check(
        "church_of_another_parish",
        "Service in another parish's church",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services with a church: the church belongs to another parish.",
        """SELECT present.id, churches.parish_id <> present.parish_id AS fails
        FROM present JOIN churches ON churches.id = present.church_id""",
    ),
    Check(
        "church_without_services",
        "Church without services",
        Severity.GAP,
        Of.CHURCHES,
        "Of the churches that pages of published parishes name: no service stands there now.",
        """SELECT c.id, NOT EXISTS (SELECT FROM services s WHERE s.church_id = c.id AND s.valid_to IS NULL) AS fails
        FROM churches c JOIN parishes p ON p.id = c.parish_id AND p.gone_at IS NULL""",
    ),
    Check(
        "parish_of_unlisted_diocese",
        "Parish of a diocese that left the list",
        Severity.WARNING,
        Of.PARISHES,
        "It is published, but its diocese is no longer on the list.",
        "SELECT id, NOT listed AS fails FROM published",
    ),
    Check(
        "visit_of_nothing",
        "Visit of what does not exist",
        Severity.ERROR,
        Of.VISITS,
        "Of the dioceses and parishes with a date for their next visit: there is no such diocese or parish.",
        """SELECT unit_id AS id, CASE unit_kind
            WHEN 'parish' THEN NOT EXISTS (SELECT FROM parishes p WHERE p.id = unit_id)
            ELSE NOT EXISTS (SELECT FROM dioceses d WHERE d.id = unit_id) END AS fails
        FROM visits WHERE unit_kind <> 'stage'""",
    ),
    Check(
        "parish_from_the_future",
        "Parish seen in the future",
        Severity.ERROR,
        Of.PARISHES,
        "It was first seen, or last changed, after the time of this report: a clock was wrong.",
        "SELECT id, greatest(first_seen, changed_at) > %(now)s::timestamptz AS fails FROM published",
    ),
    Check(
        "service_from_the_future",
        "Service seen in the future",
        Severity.ERROR,
        Of.SERVICES,
        "It was first seen after the time of this report: a clock was wrong.",
        "SELECT id, valid_from > %(now)s::timestamptz AS fails FROM present",
    ),
    Check(
        "correction_not_needed",
        "Correction that is no longer needed",
        Severity.GAP,
        Of.CORRECTIONS,
        "Of the corrections in force: the site says the same by now.",
        f"SELECT c.id, c.standing = 'not_needed' AS fails {_IN_FORCE}",
    ),
    Check(
        "correction_without_match",
        "Correction that fits nothing",
        Severity.WARNING,
        Of.CORRECTIONS,
        "Of the corrections in force: the site says neither what was wrong nor what is right.",
        f"SELECT c.id, c.standing = 'no_match' AS fails {_IN_FORCE}",
    ),
)
