"""Vocabularies joined into regular expressions."""

from __future__ import annotations


def any_of(*alternatives: str) -> str:
    """Any of the alternatives, the earlier first."""
    return f"(?:{'|'.join(alternatives)})"


def words(*alternatives: str) -> str:
    """Any of the alternatives as a whole word or phrase, the earlier first."""
    return rf"\b{any_of(*alternatives)}\b"


def alone(*alternatives: str) -> str:
    """A text that says one of the alternatives and nothing else."""
    return rf"^\W*{any_of(*alternatives)}\W*$"
