"""Vocabularies joined into regular expressions."""

from __future__ import annotations


def any_of(*alternatives: str) -> str:
    """Any of the alternatives, the earlier first."""
    return f"(?:{'|'.join(alternatives)})"


def words(*alternatives: str) -> str:
    """Any of the alternatives as a whole word or phrase, the earlier first."""
    return rf"\b{any_of(*alternatives)}\b"
