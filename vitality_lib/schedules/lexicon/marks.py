"""What joins, parts and encloses the words of a schedule."""

from __future__ import annotations

from vitality_lib.schedules.lexicon.pattern import words

JOIN = r"\s?[&+]\s?|\band\b|\by\b(?!\w)|\be\b|\balso\b|\bplus\b|/"
DASH = r"\s?[-\u2013\u2014\u2012\u2010\u2011~]{1,3}\s?|" + words("to", "thru", "through", r"al?(?: las?)?", "[aà]s")
COMMA = r","
BREAK = r"[;|\u2022\u00b7*\u25cf\u25aa]|\s{3,}"
OPEN = r"[(\[]"
CLOSE = r"[)\]]"
