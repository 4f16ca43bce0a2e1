"""The registrable domain of a host: what somebody has registered, and all of whose names are likely his."""

from __future__ import annotations

from functools import cache

from publicsuffixlist import PublicSuffixList

from vitality_lib.web.url import Address


def registrable_domain(host: str) -> str | None:
    """`parish.example` for `www.parish.example`, by the public suffix list; None for an address in place of a name.

    The list's private part counts, too: under `github.io` everybody is somebody else.
    """
    if Address("http", host, 80, "/").literal is not None:
        return None
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()  # read from the wheel: a tenth of a second, so only where it is needed
