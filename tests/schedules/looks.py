"""Changes of a page that a reader does not notice, or that say nothing new: its services must stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable

Change = Callable[[str], str]

_TAG_OR_TEXT = re.compile(
    r"(<(?:script|style|title)\b.*?</(?:script|style|title)\s*>|<!--.*?-->|<[^>]*>)|([^<]+)", re.S
)
_ENTITY = re.compile(r"(&#?\w+;)")
_ADVERTISEMENTS = (
    "<div class='ad'><p>Lampton Bakery, fresh bread for every table. Ask for Wick rolls!</p></div>",
    "<aside class='ad'><p>Wick Motors: the sale ends at 9 pm!</p></aside>",
    "<iframe src='https://ads.fictus.example/7'>Sale ends 9 pm</iframe>",
    "<script>var ad = '<p>Sunday Mass 6:15 am</p>';</script>",
    "<ins class='adsbygoogle' style='display:block' data-ad-slot='7'></ins>",
    "<template><p>Mass Sunday 6:15 am</p></template>",
    "<div class='skeleton' style='display: none'><p>Mass Sunday 6:15 am</p></div>",
)
_NUMBERED = tuple(enumerate(_ADVERTISEMENTS, 1))
_MENU = (
    "<nav><ul><li><a href='/about'>About Us</a></li><li><a href='/give'>Give</a></li>"
    "<li><a href='/wick'>Lamps and Wicks</a></li></ul></nav>"
)


def in_text(change: Change) -> Change:
    """A change of the visible text; tags, comments, scripts, styles and the title stay as they are."""

    def change_page(page: str) -> str:
        return _TAG_OR_TEXT.sub(lambda found: found[1] if found[1] is not None else change(found[2]), page)

    return change_page


def _outside_entities(change: Change) -> Change:
    return in_text(
        lambda text: "".join(part if _ENTITY.fullmatch(part) else change(part) for part in _ENTITY.split(text))
    )


def _in_tags(change: Change) -> Change:
    return lambda page: _TAG_OR_TEXT.sub(
        lambda found: change(found[0]) if found[1] and re.match(r"</?[a-zA-Z]", found[1]) else found[0], page
    )


def _in_words(what: str) -> Change:
    """Something without width inside each word of six letters or more."""
    return _outside_entities(lambda text: re.sub(r"\b([^\W\d_]{3})([^\W\d_]{3,})", rf"\1{what}\2", text))


def _renamed(page: str) -> str:
    """Other class names and ids; those that tell a closed part of an accordion from a template stay."""
    return re.sub(
        r"""\b(class|id)=(["'])(?![^"']*(?:accord|tab|collaps|panel|toggle|row|cell|col))[^"']*\2""",
        r"\1=\2c7f-2\2",
        page,
    )


def _wrapped(page: str) -> str:
    page = re.sub(r"<(p|li|td|h[1-6])(\s[^>]*)?>", r"<\1\2><span class='w'>", page)
    return re.sub(r"</(p|li|td|h[1-6])>", r"</span></\1>", page)


def _boxed(page: str) -> str:
    return re.sub(r"(<p(?:\s[^>]*)?>.*?</p>)", r"<div class='b'><div>\1</div></div>", page, flags=re.S)


def _menus_reversed(page: str) -> str:
    entry = re.compile(r"<li\b[^>]*>(?:(?!<li\b).)*?</li>", re.S)

    def reverse(menu: re.Match[str]) -> str:
        left = iter(entry.findall(menu[0])[::-1])
        return entry.sub(lambda _: next(left), menu[0])

    return re.sub(r"<nav\b.*?</nav>", reverse, page, flags=re.S)


def _attributes_reversed(tag: str) -> str:
    found = re.fullmatch(r"""<([a-zA-Z]\w*)((?:\s+[\w:-]+=(?:"[^"]*"|'[^']*'))+)\s*(/?)>""", tag)
    if not found:
        return tag
    attributes = re.findall(r"""[\w:-]+=(?:"[^"]*"|'[^']*')""", found[2])
    return f"<{found[1]} {' '.join(reversed(attributes))}{found[3]}>"


def _letters_as_entities(text: str) -> str:
    return re.sub(r"[aeM]", lambda letter: f"&#{ord(letter[0])};", text)


def _marks_as_entities(text: str) -> str:
    names = {":": "&colon;", ",": "&comma;", "(": "&lpar;", ")": "&rpar;", ".": "&period;", "-": "&#x2d;"}
    return re.sub(r"[:,().-]", lambda mark: names[mark[0]], text)


def _as_xhtml(page: str) -> str:
    page = re.sub(r"<!DOCTYPE[^>]*>", "", page, flags=re.I)
    page = re.sub(r"<(br|hr|img|meta|link|input)\b([^>]*?)\s*/?>", r"<\1\2 />", page)
    page = re.sub(r"<html\b[^>]*>", "<html xmlns='http://www.w3.org/1999/xhtml'>", page)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"'
        f' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">{page}'
    )


def _after_body_begins(what: str) -> Change:
    def change(page: str) -> str:
        return re.sub(r"(<body\b[^>]*>)", lambda tag: tag[0] + what, page, count=1) if "<body" in page else what + page

    return change


def _before_headings(what: str) -> Change:
    return lambda page: re.sub(r"<h[1-3]\b", lambda tag: what + tag[0], page, count=1)


LOOKS: dict[str, Change] = {
    "other class names and ids": _renamed,
    "tags in capitals": _in_tags(lambda tag: re.sub(r"^</?\w+", lambda name: name[0].upper(), tag)),
    "attributes in another order": _in_tags(_attributes_reversed),
    "no-break spaces": in_text(lambda text: re.sub(r"(?<=\S) (?=\S)", "&nbsp;", text)),
    "numbered no-break spaces": in_text(lambda text: re.sub(r"(?<=\S) (?=\S)", "&#160;", text)),
    "thin spaces": in_text(lambda text: re.sub(r"(?<=\d) (?=[AaPp]\.?[Mm])", "\u2009", text)),
    "en dashes": in_text(lambda text: text.replace("-", "\u2013")),
    "em dashes": in_text(lambda text: text.replace(" - ", " \u2014 ").replace(" \u2013 ", " \u2014 ")),
    "minus signs": in_text(lambda text: re.sub(r"(?<=[\dm]) ?[-\u2013] ?(?=\d)", " \u2212 ", text)),
    "dashes by name": in_text(lambda text: re.sub(r"[-\u2013]", "&ndash;", text)),
    "ampersands as entities": in_text(lambda text: text.replace(" & ", " &amp; ")),
    "ampersands for and": in_text(lambda text: re.sub(r"(?<=[\dmy]) and (?=[\dMTWFS])", " &amp; ", text)),
    "soft hyphens": _in_words("\u00ad"),
    "soft hyphens as entities": _in_words("&shy;"),
    "spaces without width": _in_words("\u200b"),
    "possible line breaks": _in_words("<wbr>"),
    "bold inside words": _in_words("<b></b>"),
    "spans inside words": _in_words("<span></span>"),
    "comments inside words": _in_words("<!-- x -->"),
    "letters as entities": _outside_entities(_letters_as_entities),
    "marks as entities": _outside_entities(_marks_as_entities),
    "Windows line ends": lambda page: page.replace("\r\n", "\n").replace("\n", "\r\n"),
    "indented markup": lambda page: re.sub(r"(</(?:p|li|td|th|tr|div|h\d)>)(?=<)", r"\1\n    ", page),
    "comments between blocks": lambda page: re.sub(r"(</(?:p|li|td|tr|div|h\d)>)", r"\1<!-- Mass 6:15 am -->", page),
    "spans around": _wrapped,
    "boxes around": _boxed,
    "a byte order mark": lambda page: "\ufeff" + page,
    "XHTML": _as_xhtml,
    "another menu": _after_body_begins(_MENU),
    "menus in another order": _menus_reversed,
    **{
        f"an advertisement in <{re.findall('[a-z]+', ad)[0]}>, {number}": _before_headings(ad)
        for number, ad in _NUMBERED
    },
}
CAPITALS: Change = _outside_entities(str.upper)
