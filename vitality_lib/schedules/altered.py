"""A copy of a record with some fields changed, for the inner loops of a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

_Record = TypeVar("_Record")

if TYPE_CHECKING:
    from dataclasses import replace as altered  # so that the names and types of the fields are checked
else:

    def altered(record: _Record, /, **changes: Any) -> _Record:
        """What `dataclasses.replace` makes of a frozen record without slots or `__post_init__`,, sooner.

        A replacement calls the constructor, which sets each field by itself; a copy takes all of them at once.
        """
        copy = object.__new__(type(record))
        copy.__dict__.update(record.__dict__, **changes)
        return copy


__all__ = ["altered"]
