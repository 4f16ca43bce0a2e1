"""Words from other people's pages, made fit to be shown: no control characters, no end of them."""

from __future__ import annotations

import unicodedata

_LONGEST = 120
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, surrogates, private, unassigned


def shown(text: str, most: int = _LONGEST) -> str:
    """`text` on one line, without characters that hide or turn what follows, cut to `most` characters."""
    plain = "".join(" " if unicodedata.category(sign) in _HIDDEN else sign for sign in text[: most * 4])
    line = " ".join(plain.split())
    return line if len(line) <= most and len(text) <= most * 4 else line[: most - 1].rstrip() + "…"
