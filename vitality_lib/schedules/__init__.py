"""Step 4: what happens in a parish each week, read from its pages."""

from vitality_lib.schedules.reader import read_services

__all__ = ["read_services"]
