"""Text all in capitals, written as it would stand elsewhere, for what is told by its capitals."""

from __future__ import annotations

import re

from vitality_lib.schedules.lexicon.pattern import any_of

# Words that hold a name together, and those that end one: neither has a capital within a sentence.
_SMALL = any_of(
    "of", "the", "an?", "and", "or", "at", "on", "in", "to", "for", "from", "by", "with", "as", "if", "no", "not",
    "is", "are", "was", "were", "be", "been", "will", "has", "have", "had", "can", "must", "do", "does",
    "this", "that", "these", "those", "it", "its", "we", "they", "their", "you", "your", "he", "his", "who", "which",
    "when", "where", "while", "during", "until", "before", "after", "between", "into", "only", "also", "each", "every",
    "whole", "special", "opens?", "closes?", "begins?", "starts?", "takes?", "remains?", "continues?", r"[ap]\.?m",
    "del?", "la", "las", "los", "el", "y", "e", "o", "u", "al?", "en", "con", "por", "para", "es", "son", "se", "su",
    "que", "como",
    r"(?!living)[^\W\d_]*[aeiou][^\W\d_]*ing", r"(?!sacred|blessed|beloved)[^\W\d_]*[aeiou][^\W\d_]*ed",
)  # fmt: skip
_SMALL_WORD = re.compile(_SMALL)
# Of these one behind `8 A.M.` begins a sentence.
_OPENS = re.compile(
    any_of("the", "it", "its", "this", "that", "these", "those", "we", "they", "you", "your", "if", "he", "his")
)
_WORD = re.compile(
    r"(?P<begins>^\W*|(?<![ap]\.m)[.!?]\s+)?(?P<may_begin>\.\s+)?"
    r"(?P<word>[ap]\.m\b|[^\W\d_]+(?:['\u2019][^\W\d_]+)*)"
)


def small_letters(text: str) -> str:
    """The text in small letters, character for character."""
    return text.replace("\u0130", "I").lower()  # the one letter that two make up in small letters


def as_written_small(text: str) -> str:
    """A text all in capitals with one at the head of each word but the small ones; any other text as it is.

    Character for character: `MASS AT ST. PETER THE APOSTLE` is read as `Mass at St. Peter the Apostle`.
    """
    return _WORD.sub(_in_place, small_letters(text)) if text.isupper() else text


def _in_place(found: re.Match[str]) -> str:
    word = found["word"]
    begins = found["begins"] is not None or (found["may_begin"] and _OPENS.fullmatch(word))
    small = word.endswith(".m") or (_SMALL_WORD.fullmatch(word) and not begins)
    before = found[0][: -len(word)]
    return before + (word if small else word[0].upper() + word[1:])
