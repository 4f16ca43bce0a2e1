"""Words from other people's pages, made harmless where they are shown: they stay words, and give no orders.

A terminal obeys control characters (ECMA-48), a reader's eye the characters that turn the order of what follows
(Unicode Standard Annex 9), a browser any scheme that a link names. Marks that names in right-to-left scripts need
(U+200E, U+200F, U+061C) and joiners stay: they turn nothing but themselves.
"""

from __future__ import annotations

import json
import re

MARK = "�"
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_BREAKING = (0x2028, 0x2029)
_UNSEEN = (*range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))  # annotations; tags, which repeat ASCII out of sight
_ALONE = range(0xD800, 0xE000)  # surrogates: no encoding has a place for them
_UNFIT = dict.fromkeys((*_CONTROLS, *_TURNING, *_BREAKING, *_UNSEEN, *_ALONE), MARK)
_UNFIT_IN_LINES = {code: mark for code, mark in _UNFIT.items() if chr(code) not in "\n\t"}
_BELOW_JSON = re.compile(f"[{''.join(re.escape(chr(code)) for code in _UNFIT if code >= 0x20)}]")
_LINK = re.compile(r"https?://[^\s<>\"'{}|\\^`\x00-\x1f\x7f-\x9f]+", re.I)


def one_line(text: str) -> str:
    """`text` on one line: each character that a terminal or an eye would obey, line breaks too, becomes U+FFFD."""
    return text if text.isprintable() else text.translate(_UNFIT)


def lines_kept(text: str, mark: str = MARK) -> str:
    """The same, but line feeds and tabs stay; `mark` takes the place of what does not."""
    if text.isprintable():  # what Python calls printable holds none of them, and is told in no time
        return text
    return text.translate(_UNFIT_IN_LINES if mark == MARK else dict.fromkeys(_UNFIT_IN_LINES, mark))


def json_text(value: object) -> str:
    r"""`value` as JSON in readable UTF-8; what `one_line` would replace is written as `\uXXXX`, and nothing is lost.

    What JSON does not know, times above all, is written as text.
    """
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if text.isprintable() else _BELOW_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text)


def is_link(url: str | None) -> bool:
    """Whether a reader may be sent there: an http or https address without spaces, quotes or brackets."""
    return bool(url and _LINK.fullmatch(url))
