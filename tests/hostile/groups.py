"""All hostile cases, in the groups that share a process."""

from __future__ import annotations

import addresses
import codings
import documents
import impostors
import patience
import transport
import tricks
import wandering
from case import Case

_ALL = {
    "addresses": addresses.CASES,
    "transport": transport.CASES,
    "codings": codings.CASES,
    "impostors": impostors.CASES,
    "wandering": wandering.CASES,
    "documents": documents.CASES,
    "tricks": tricks.CASES,
    "patience": patience.CASES,
}
GROUPS: dict[str, dict[str, Case]] = {
    (f"slow {group}" if slow else group): {name: case for name, case in cases.items() if case.slow is slow}
    for group, cases in _ALL.items()
    for slow in (False, True)
    if any(case.slow is slow for case in cases.values())
}
PATIENT = frozenset({"slow patience"})  # whose limits of time are those of production
