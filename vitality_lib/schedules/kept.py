"""What a crawl asks of the same short texts again and again is kept: headings, entries of lists, menus, footers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

_SHORT = 200  # characters of a text that may well come back on another page
_KEPT = 4_096  # answers of one function; the oldest go

_More = ParamSpec("_More")
_Answer = TypeVar("_Answer")


def kept(function: Callable[Concatenate[str, _More], _Answer]) -> Callable[Concatenate[str, _More], _Answer]:
    """The same function of a text, which must hang on nothing but its arguments; no one may change its answers."""
    memory = cast("Callable[Concatenate[str, _More], _Answer]", lru_cache(maxsize=_KEPT)(function))

    @wraps(function)
    def asked(text: str, /, *more: _More.args, **named: _More.kwargs) -> _Answer:
        return memory(text, *more, **named) if len(text) <= _SHORT else function(text, *more, **named)

    return asked
