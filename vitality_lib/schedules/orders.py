"""Text that gives orders to a machine is no text for parishioners: no reader sees it, and no model is sent it.

What stands before an order in its line is kept up to the last mark that ends a sentence or opens a bracket.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from vitality_lib.schedules.lexicon.capitals import small_letters
from vitality_lib.schedules.lexicon.pattern import any_of
from vitality_lib.schedules.lines import Layout, Line

_TOLD = r"(?:instructions?|prompts?|rules|directions|directives?|orders|commands?)"
_SERVICE = r"[\W_]?(?:mass|confession|adoration|reconciliation|other|office|event|devotion|misa|confesi|adoraci|otr)"
_MACHINE = any_of(
    r"ai\b", r"a\.i\.", r"llms?\b", "(?:large )?language models?", "chat ?bots?", "(?:ai|virtual|digital) assistants?",
    "(?:web )?(?:crawlers?|scrapers?|parsers?)", r"robots?\b", r"ia\b", "modelo de lenguaje", "asistente virtual",
)  # fmt: skip
_EN = (
    rf"(?:ignor|disregard|forget|overrid|overrul|bypass|supersed)\w*\W+(?:\w+\W+){{0,5}}{_TOLD}\b",
    rf"\b(?:hidden|secret|system|developer|admin|override)\W+{_TOLD}\b",
    r"\b(?:as|you are|you're|act as|dear|attention|hey|hello|to|for|if you are)\W+(?:an?\W+|the\W+|any\W+|all\W+)?"
    + _MACHINE,
    r"\b(?:you are|you're|act as|pretend to be)\W+(?:now\W+)?(?:an?\W+|the\W+)?(?:\w+\W+)?(?:assistant|model|bot)\b",
    r"\b(?:ai|a\.i\.|llm|chatgpt|gpt-?\w*|gemini|claude|copilot)\W{1,3}(?:models?|assistants?|agents?|systems?|bots?)\b",
    r"\b(?:ai|llms?|chatgpt|gpt-?\d\w*)\W{1,3}(?:must|should|please|readers?|parsers?|crawlers?)\b|\b(?:ai|llm|gemini)\s?:",
    r"\b(?:chatgpt|gpt-?\d\w*|llms?|language models?|jailbreak\w*|prompt injection|developer mode|system prompt)\b",
    r"(?:^|(?<=[^\w\s])|(?<=[^\w\s]\s))(?:system|developer|prompt|sudo)\s?[:>\]]",
    r"[<\[|]{1,2}\W?/?(?:inst|im_start|im_end|system|sys|endoftext|assistant)\b",
    rf"\b(?:label|classify|mark|tag|annotate|categori[sz]e|treat)\W+(?:\w+\W+){{0,6}}?as\W+(?:an?\W+|the\W+)?{_SERVICE}",
    r"\b(?:label|classify|annotate)\W+(?:every|all|each|this|these|the (?:following|lines?|above|next))\b",
    r"\b(?:label|mark|set|change)\W+(?:the\W+)?(?:lines?\W+\d|labels?\W)",
    r"\b(?:respond|reply|answer|output|return|print|emit)\W+(?:(?:only|with|in|exactly|this|the|following|a|valid)\W+){0,4}"
    r"(?:json|marks|labels?\b|schema)",
    r"\"(?:marks?|labels?|line|role)\"\s?:",
)
_ES = (
    r"\b(?:ignor|olvid|descart|desobede|omit)\w*\W+(?:\w+\W+){0,5}(?:instruccion|[oó]rdenes|reglas|indicaciones)",
    r"\bhaz caso omiso\b|\bmodelo de lenguaje\b|\binteligencia artificial\b|\basistente virtual\b",
    rf"\b(?:eres|act[uú]a como|si eres)\W+(?:un\w*\W+|el\W+|la\W+)?(?:{_MACHINE}|asistente\b|modelo\b)",
    rf"\b(?:etiquet|clasific|marc)\w*\W+(?:\w+\W+){{0,6}}?como\W+(?:un\w*\W+|la\W+)?{_SERVICE}",
    r"\b(?:etiquet|clasific)\w*\W+(?:tod|cada|est[aeo]|la l[ií]nea)",
    r"\b(?:responde|contesta|devuelve)\W+(?:(?:solo|s[oó]lo|[uú]nicamente|con|en|el|la)\W+){0,4}(?:json|etiqueta|marcas)",
)
_ORDER = re.compile(any_of(*_EN, *_ES))  # looked for in small letters, which is faster
# No order is without one of these, which are looked for faster.
_SIGNS = (
    "instruc", "prompt", "rules", "direct", "orders", "command", "llm", "model", "bot", "parser", "crawler", "scraper",
    "gpt", "gemini", "claude", "copilot", "jailbreak", "developer", "system", "sudo", "inst", "im_", "endof", "label",
    "classif", "mark", "tag", "annotat", "categori", "treat", "json", "role", "line", "schema", "\u00f3rdenes",
    "ordenes", "regla", "indicacion", "caso", "inteligencia", "asistente", "assistant", "etiquet", "clasific", "marc",
    " ai", "ai ", "ai:", "a.i.", " ia",
)  # fmt: skip
_CODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")  # base64: no word is that long
_ENDS = re.compile(r"[.!?;:]\s+|[(\[{\u2022\u00b7|]|\s[-\u2013\u2014]\s")


def gives_orders(text: str) -> bool:
    """Whether a text addresses a machine."""
    return _order_at(text, _SIGNS) is not None


def without_orders(page: Layout) -> Layout:
    """The page with blanks in place of orders, so that all else stands where it stood."""
    low = small_letters(_plain(page.text))
    signs = tuple(sign for sign in _SIGNS if sign in low)  # few: the lines need not be searched for the others
    cut = [(line, _for_people(line, signs)) for line in page.lines]
    if all(before is after for before, after in cut):
        return page
    text = page.text
    for line, kept in cut:
        text = f"{text[: kept.end]}{' ' * (line.end - kept.end)}{text[line.end :]}"
    return Layout(text, tuple(kept for _, kept in cut if kept.text), page.method)


def _for_people(line: Line, signs: tuple[str, ...]) -> Line:
    """The line up to the mark before its first order."""
    at = _order_at(line.text, signs)
    if at is None:
        return line
    end = max((match.start() for match in _ENDS.finditer(line.text[:at])), default=0)
    return replace(line, text=line.text[:end].rstrip())


def _order_at(text: str, signs: tuple[str, ...]) -> int | None:
    plain = _plain(text)
    low = small_letters(plain)
    order = _ORDER.search(low) if any(sign in low for sign in signs) else None
    found = order or _CODED.search(plain)
    return found.start() if found else None


def _plain(text: str) -> str:
    """Letters that only look different made the same, character for character."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text.translate(_DRAWN_ALIKE))
    return plain if len(plain) == len(text) else "".join(map(_compatible, text.translate(_DRAWN_ALIKE)))


def _compatible(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


# Cyrillic and Greek letters that are drawn like Latin ones.
_DRAWN_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445"
    "\u0456\u0458\u0455\u0501\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421"
    "\u0422\u0425\u0406"
    "\u03b1\u03bf\u03b9\u03b5\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7",
    "aeopcyxijsdABEKMHOPCTXIaoieABEHIKMNOPTX",
)
