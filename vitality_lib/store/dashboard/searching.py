"""Lists as a person asks for them: words in any order, without accents or dots; sorted by a column, page by page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

ROWS = 50
_MOST_WORDS = 8
_LEFT_OUT = re.compile("[\u0300-\u036f.,'’‘`]")
_WILD, _ITSELF = re.compile(r"([%_\\])"), r"\\\1"
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Found(Generic[_Row]):
    """Some rows of a list, and how long the whole list is."""

    rows: tuple[_Row, ...]
    total: int


def folded(text: str) -> str:
    """As `sql_folded` does it: small letters without accents, dots, commas and apostrophes."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text).lower())


def sql_folded(expression: str) -> str:
    """The SQL for a text in which search looks; the column `parishes.search` is made the same way."""
    return f"regexp_replace(lower(normalize({expression}, NFKD)), E'[\\u0300-\\u036f.,''’‘`]', '', 'g')"


def patterns(q: str) -> list[str]:
    """A LIKE pattern for each word of a search."""
    words = folded(q.replace("\x00", " ")).split()[:_MOST_WORDS]
    return [f"%{_WILD.sub(_ITSELF, word)}%" for word in words]


def order(sort: str, columns: Mapping[str, str], otherwise: str) -> str:
    """The ORDER BY for a column's name, with `-` before it downwards; `otherwise` when there is no such column."""
    name = sort if sort.removeprefix("-") in columns else otherwise
    way = "DESC NULLS LAST" if name.startswith("-") else "ASC NULLS LAST"
    return ", ".join(f"{column.strip()} {way}" for column in columns[name.removeprefix("-")].split(";"))
