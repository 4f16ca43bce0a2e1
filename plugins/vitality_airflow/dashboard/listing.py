"""Long lists in pages of fifty: searched, sorted and turned by the query string alone, so every view has a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

ROWS = 50
_LONGEST = 200  # characters of a search


@dataclass(frozen=True)
class Asked:
    """What the query string asks for: `?q=&page=&sort=`. `sort` names a column; with `-` before it, downwards."""

    q: str = ""
    page: int = 1
    sort: str = ""

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * ROWS

    def order(self, columns: Mapping[str, str], otherwise: str) -> str:
        """The ORDER BY of a sort among `columns` (name in the query string -> SQL); an unknown one is `otherwise`."""
        name = self.sort if self.sort.lstrip("-") in columns else otherwise
        return f"{columns[name.lstrip('-')]} {'DESC NULLS LAST' if name.startswith('-') else 'ASC NULLS LAST'}"


def asked(
    q: Annotated[str, Query(max_length=_LONGEST)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    sort: Annotated[str, Query(max_length=40)] = "",
) -> Asked:
    """The dependency: `asked: Annotated[Asked, Depends(asked)]`."""
    return Asked(" ".join(q.replace("\x00", " ").split()), page, sort)


@dataclass(frozen=True)
class Listing:
    """One page of a list for the macros of listing.html.j2. `more`: other parameters that links must keep."""

    asked: Asked
    total: int
    more: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))

    @property
    def first(self) -> int:
        return min(self.asked.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.asked.offset + ROWS, self.total)

    def turned(self, page: int) -> str:
        """The query string of another page of the same list."""
        return self._query(self.asked.q, page, self.asked.sort)

    def sorted_by(self, column: str) -> str:
        """The query string of the same list sorted by a column: upwards first, then downwards."""
        return self._query(self.asked.q, 1, f"-{column}" if self.asked.sort == column else column)

    def direction(self, column: str) -> str:
        """The value of aria-sort."""
        way = {column: "ascending", f"-{column}": "descending"}
        return way.get(self.asked.sort, "none")

    def _query(self, q: str, page: int, sort: str) -> str:
        given = [("q", q), ("page", str(page) if page > 1 else ""), ("sort", sort), *self.more]
        return "?" + urlencode([(name, value) for name, value in given if value])
