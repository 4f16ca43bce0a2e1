"""Addresses of parishes."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity, has
from vitality_lib.store.checks.postal_areas import STATES, ZIP_AREAS


def missing(column: str, what: str, severity: Severity = Severity.GAP) -> Check:
    """A column of the published parishes that nothing is known of."""
    return Check(
        f"parish_without_{column}",
        f"Parish without {what}",
        severity,
        Of.PARISHES,
        f"No {what} is known of the published parish.",
        f"SELECT id, {column} IS NULL AS fails FROM published",
    )


ADDRESSES = (
    missing("street", "street", Severity.WARNING),
    missing("city", "city", Severity.WARNING),
    missing("state", "state"),
    missing("zip", "ZIP code"),
    Check(
        "zip_malformed",
        "Malformed ZIP code",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with one: neither five digits nor ZIP+4.",
        rf"SELECT id, zip !~ '^[0-9]{{5}}(-[0-9]{{4}})?$' AS fails {has('zip')}",
    ),
    Check(
        "state_malformed",
        "Malformed state",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with one: no code of two capital letters.",
        f"SELECT id, state !~ '^[A-Z]{{2}}$' AS fails {has('state')}",
    ),
    Check(
        "state_unknown",
        "State that does not exist",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with a code of two capital letters: no state, territory or military post of the country.",
        f"SELECT id, state <> ALL ('{STATES}'::text[]) AS fails FROM published WHERE state ~ '^[A-Z]{{2}}$'",
    ),
    Check(
        "zip_of_another_state",
        "ZIP code of another state",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with state and well-formed ZIP code: its first three digits belong to another state.",
        rf"""SELECT id, state <> ALL (states) AS fails
        FROM published JOIN (VALUES {ZIP_AREAS}) AS area (low, high, states) ON left(zip, 3) BETWEEN low AND high
        WHERE zip ~ '^[0-9]{{5}}' AND state ~ '^[A-Z]{{2}}$'""",
    ),
    Check(
        "state_not_of_the_diocese",
        "State in which the diocese has no other parish",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes of dioceses with ten or more that have a state: the only one of its diocese in that state.",
        """SELECT id, count(*) OVER (PARTITION BY diocese_id, state) = 1 AS fails FROM (
            SELECT id, diocese_id, state, count(*) OVER (PARTITION BY diocese_id) AS parishes
            FROM published WHERE state IS NOT NULL
        ) AS placed WHERE parishes >= 10""",
    ),
    Check(
        "city_malformed",
        "City with digits, or without letters",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a city: a digit stands in it, or fewer than two letters.",
        f"SELECT id, city ~ '[0-9]' OR city !~ '[[:alpha:]].*[[:alpha:]]' AS fails {has('city')}",
    ),
    Check(
        "street_is_post_box",
        "Post box in place of a street",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with a street: it begins with a post box, where nobody can go.",
        rf"SELECT id, street ~* '^\s*(p\.? ?o\.? ?(box|drawer)|post office box|box [0-9])' AS fails {has('street')}",
    ),
    Check(
        "street_without_number",
        "Street without a number",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with a street: no digit stands in it.",
        f"SELECT id, street !~ '[0-9]' AS fails {has('street')}",
    ),
)
