"""Values written as JavaScript literals in scripts: single quotes, bare keys, trailing commas, comments, `'a' + 'b'`.

Not an interpreter: what is no literal (a name, a call) becomes None or the list of the call's arguments, and a literal
with a function in it is left. Work is bounded by the number of tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# No possessive repeat of a group: CPython before 3.11.4 loses what such a group matched. Each piece of space is told by
# its first character, so that giving them back one by one is all the backtracking there can be.
_SPACE = r"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/)){0,2000}\*/)*"
_START = re.compile(
    r"(?:(?<=[=(:?])|\breturn)\s{0,200}(?P<group>[\[{])"
    r"|(?<=[\w\]])(?P<call>\()(?=\s{0,200}(?:[\w.$]{1,60}\s{0,20},\s{0,200})?[\"'`\d\[{-])"
    r"|(?<==)\s{0,200}(?P<html>[\"'`](?=\s{0,200}<))"  # a string of HTML, mostly what a map's window says
)
_TOKEN = re.compile(
    rf"""{_SPACE}
    (?:(?P<string>"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`)
    |(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)
    |(?P<word>[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)*)
    |(?P<mark>[\[\]{{}}():,+]))""",
    re.X | re.S | re.I,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(\r\n|.))", re.S | re.I)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": "", "\r\n": ""}
_CLOSE = {"[": "]", "{": "}", "(": ")"}
_MOST_TOKENS, _AN_ATTEMPT, _DEEPEST = 250_000, 20, 60
_JSON = json.JSONDecoder(strict=False)


class _NotALiteralError(Exception):
    """The text here is code, or cut off."""


def literals(script: str) -> Iterator[Any]:
    """The outermost arrays, objects, lists of arguments and strings of HTML in a script that are literals, in order."""
    at, left = 0, _MOST_TOKENS
    while left > 0 and (start := _START.search(script, at)):
        begin = start.start(start.lastgroup or 0)
        tokens = _Tokens(script, begin, left - _AN_ATTEMPT)
        value = tokens.json() if not start["html"] else None
        try:
            value = (tokens.value if start["html"] else tokens.group)(0) if value is None else value
            at = tokens.at
        except _NotALiteralError:
            at = begin + 1
        left = tokens.left
        if value:
            yield value


class _Tokens:
    """The tokens of a script from a position on; `left` is how many more may be read."""

    def __init__(self, script: str, at: int, left: int) -> None:
        self.script, self.at, self.left = script, at, left

    def json(self) -> Any:
        """The value here when it is JSON: much faster than token by token."""
        try:
            value, self.at = _JSON.raw_decode(self.script, self.at)
        except (ValueError, RecursionError):
            return None
        return value

    def next(self) -> re.Match[str]:
        match = _TOKEN.match(self.script, self.at)
        self.left -= 1
        if match is None or self.left < 0:
            raise _NotALiteralError
        self.at = match.end()
        return match

    def mark(self) -> str:
        """The mark that comes next; empty when it is something else."""
        match = _TOKEN.match(self.script, self.at)
        return (match["mark"] or "") if match else ""

    def group(self, depth: int) -> Any:
        """An array, an object, or arguments in brackets."""
        opened = self.next()["mark"]
        if opened not in _CLOSE or depth > _DEEPEST:
            raise _NotALiteralError
        items: list[Any] = []
        pairs: dict[str, Any] = {}
        while (mark := self.mark()) != _CLOSE[opened]:
            if mark == ",":
                self.next()
                continue
            if opened == "{":
                self.pair(pairs, depth)
            else:
                items.append(self.value(depth))
            if self.mark() not in {",", _CLOSE[opened]}:
                raise _NotALiteralError
        self.next()
        return pairs if opened == "{" else items

    def pair(self, pairs: dict[str, Any], depth: int) -> None:
        key = self.next()
        name = key["word"] or key["number"] or (_unquoted(key["string"]) if key["string"] else "")
        if not name or self.next()["mark"] != ":":
            raise _NotALiteralError
        pairs[name] = self.value(depth)

    def value(self, depth: int) -> Any:
        """A value, or several that are added up: strings are joined, other sums are unknown."""
        total = self.one(depth)
        while self.mark() == "+":
            self.next()
            more = self.one(depth)
            total = total + more if isinstance(total, str) and isinstance(more, str) else None
        return total

    def one(self, depth: int) -> Any:
        if self.mark() in {"[", "{"}:
            return self.group(depth + 1)
        token = self.next()
        if token["string"]:
            return _unquoted(token["string"])
        if token["number"]:
            return float(token["number"]) if re.search(r"[.eE]", token["number"]) else int(token["number"][:20])
        if not token["word"] or token["word"] == "function" or depth > _DEEPEST:
            raise _NotALiteralError
        if token["word"] == "new":
            return self.one(depth + 1)
        if self.mark() == "(":
            return self.group(depth + 1)
        return {"true": True, "false": False}.get(token["word"])


def _unquoted(quoted: str) -> str:
    """A string without its quotes and escapes."""
    plain = _ESCAPE.sub(_character, quoted[1:-1])
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])
