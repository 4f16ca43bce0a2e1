"""Parishes that may be the same one twice."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity, has

_BARE = r"trim(regexp_replace(lower({}), '\W+', ' ', 'g'))"
_NAME, _STREET, _CITY = (_BARE.format(column) for column in ("name", "street", "city"))

DOUBLES = (
    Check(
        "name_twice",
        "Same name twice in a city",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with a city: another of the diocese has the same name in the same city.",
        f"SELECT id, count(*) OVER (PARTITION BY diocese_id, {_NAME}, {_CITY}) > 1 AS fails {has('city')}",
    ),
    Check(
        "address_shared",
        "Address shared in a diocese",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with street and city: another of the diocese has the same. One of them may be a double.",
        f"""SELECT id, count(*) OVER (PARTITION BY diocese_id, {_STREET}, {_CITY}) > 1 AS fails
        {has("street")} AND city IS NOT NULL""",
    ),
    Check(
        "phone_shared",
        "Telephone shared in a diocese",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a telephone: another of the diocese has the same. Clustered parishes often do.",
        rf"""SELECT id,
            count(*) OVER (PARTITION BY diocese_id, right(regexp_replace(phone, '\D', '', 'g'), 10)) > 1 AS fails
        {has("phone")}""",
    ),
    Check(
        "parish_in_two_dioceses",
        "Same parish in two dioceses",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with street and city: one of another diocese has the same name, street and city.",
        f"""SELECT id, min(diocese_id) OVER same <> max(diocese_id) OVER same AS fails
        {has("street")} AND city IS NOT NULL
        WINDOW same AS (PARTITION BY {_NAME}, {_STREET}, {_CITY})""",
    ),
)
