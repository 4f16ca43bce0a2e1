"""Telephone numbers and e-mail addresses of parishes."""

from __future__ import annotations

from vitality_lib.store.checks.addresses import missing
from vitality_lib.store.checks.check import Check, Of, Severity, has

_NUMBER = r"\+1[2-9][0-9]{2}[2-9][0-9]{6}(;ext=[0-9]+)?"

CONTACTS = (
    missing("phone", "telephone"),
    missing("email", "e-mail address"),
    Check(
        "phone_malformed",
        "Malformed telephone number",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with a telephone: no list of numbers of the North American plan in E.164"
        " (`+1` and ten digits, an extension as `;ext=`).",
        f"SELECT id, phone !~ '^{_NUMBER}(; {_NUMBER})*$' AS fails {has('phone')}",
    ),
    Check(
        "phone_made_up",
        "Telephone number that looks made up",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a telephone: seven equal digits in a row, 555-01xx, or 1234567.",
        r"SELECT id, phone ~ '([0-9])\1{6}|55501[0-9]{2}|1234567' AS fails " + has("phone"),
    ),
    Check(
        "email_malformed",
        "Malformed e-mail address",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with one: not of the form name@domain.",
        r"""SELECT id, email !~ '^[^@\s<>"'',;]+@([a-z0-9-]+\.)+[a-z]{2,}$' AS fails """ + has("email"),
    ),
)
