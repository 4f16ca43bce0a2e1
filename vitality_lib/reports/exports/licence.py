"""On what terms the data are given away: the same words in every format."""

from __future__ import annotations

NAME = "CC0-1.0"  # by SPDX
TITLE = "Creative Commons Zero 1.0 Universal"
URL = "https://creativecommons.org/publicdomain/zero/1.0/"
DATA = "Catholic parishes of the United States and their service times"
SOURCES = (
    "Collected from the parishes' and dioceses' own websites: each service names the page that it was read from. "
    "Nothing is claimed for the compilation."
)
