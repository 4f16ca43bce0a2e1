"""What a person asked for and cannot have."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - named after what happened
    """What was given cannot be taken: what, where, and what to do. Nothing was written."""
