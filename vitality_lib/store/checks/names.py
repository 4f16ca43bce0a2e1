"""Names of parishes, and whether the parish lives."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

NAMES = (
    Check(
        "name_is_no_name",
        "Name that names nothing",
        Severity.ERROR,
        Of.PARISHES,
        "Fewer than three letters, or only a word such as “Parish”, “Church”, “Home” or “Click here”.",
        r"""SELECT id, name !~ '[[:alpha:]].*[[:alpha:]].*[[:alpha:]]' OR lower(trim(name)) ~
            '^(the )?(catholic )?(parish|parishes|church|churches|mission|home|website|name|unknown|n/a|none|null|tbd
            |test|click here|read more|view|details|map|directions|mass times)( name| website| info)?\.?$' AS fails
        FROM published""".replace("\n            |", "|"),
    ),
    Check(
        "name_in_capitals",
        "Name in capitals only",
        Severity.WARNING,
        Of.PARISHES,
        "Of the names with a word of four letters or more: none of its letters is small.",
        r"SELECT id, name = upper(name) AS fails FROM published WHERE name ~ '[[:alpha:]]{4}'",
    ),
    Check(
        "name_with_markup",
        "Name with traces of markup",
        Severity.ERROR,
        Of.PARISHES,
        "A tag, an entity such as &amp;amp; or an address of a page stands in the name.",
        r"SELECT id, name ~* '<[a-z/!]|&(#[0-9]+|[a-z]+);|https?://' AS fails FROM published",
    ),
    Check(
        "name_very_long",
        "Name longer than 100 characters",
        Severity.WARNING,
        Of.PARISHES,
        "A sentence, an address or several names may have been read as one.",
        "SELECT id, length(name) > 100 AS fails FROM published",
    ),
    Check(
        "name_with_address",
        "Name with a telephone number or ZIP code",
        Severity.WARNING,
        Of.PARISHES,
        "Five digits in a row, or a telephone number, stand in the name.",
        r"SELECT id, name ~ '[0-9]{5}|[0-9]{3}[-. ][0-9]{4}' AS fails FROM published",
    ),
    Check(
        "closed_with_services",
        "Closed or merged, yet with services",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes that the directory calls closed or merged: services still stand.",
        """SELECT id, EXISTS (SELECT FROM services s WHERE s.parish_id = published.id AND s.valid_to IS NULL) AS fails
        FROM published WHERE status <> 'open'""",
    ),
)
