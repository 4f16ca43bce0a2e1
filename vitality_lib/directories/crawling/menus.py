"""Searches that a page wants submitted before it lists anything: menus of counties, deaneries, towns or letters, and
forms that give the whole list when they are left empty (Toolset Views, Drupal's exposed filters, ASP.NET).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from vitality_lib.directories.crawling.forms import options, post_back, reading_forms, selected, submission
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute, same_site
from vitality_lib.models import Purpose, Request

_AREA = re.compile(
    r"count(?:y|ies)|deaner(?:y|ies)|vicariate|region|district|\bzone|\bcity|\bcities|\btowns?\b|\bareas?\b|alphabet|"
    r"\bletter|condado|decanato|vicar[íi]a|ciudad|municipio",
    re.I,
)
_NO_AREA = re.compile(r"country|language|school|month|year|categor|translate|\bday\b", re.I)
_PLACEHOLDER = re.compile(r"\W*(?:select|choose|please|pick|any|all|none|seleccione|elija|todos|todas)\b.*|\W*", re.I)
_ALL = re.compile(r"\W*(?:all|any|todos|todas|view all|show all)\b.*", re.I)
_SEARCH = re.compile(r"\b(?:search|find|go|submit|apply|show|view|list|buscar)\b", re.I)
_PARISHES = re.compile(
    r"parish|church|parroquia|mass ?time|locator|finder|wpv_view_count|wpv-filter|views-exposed", re.I
)
_OTHER_SEARCH = re.compile(
    r"searchform|search-form|site-search|mailchimp|newsletter|subscribe|gform|wpcf7|donat|login", re.I
)
_MOST_MENUS = 20


def menus(document: Document) -> list[markup.Element]:
    """The menus whose options are parts of a list, the one with the fewest options first."""
    sendable = set(reading_forms(document))
    found = []
    for menu in islice(document.tree.iter("select"), _MOST_MENUS):
        form = next(menu.iterancestors("form"), None)
        if (form is None or form in sendable) and (count := len(regions_of(menu))) > 1:
            found.append((count, menu))
    return [menu for _, menu in sorted(found, key=itemgetter(0))]


def regions_of(menu: markup.Element) -> tuple[str, ...]:
    """The values of the options that are parts; empty when the menu is about something else."""
    labels = options(menu)
    named = " ".join(str(menu.get(name) or "") for name in ("name", "id", "aria-label", "title"))
    before = menu.getprevious()
    said = f"{re.sub(r'[-_.$]', ' ', named)} {labels[0][1] if labels else ''} {markup.text(before)[:80]}"
    real = [(value, label) for value, label in labels if value and not _PLACEHOLDER.fullmatch(label)]
    telling = sum(bool(_AREA.search(label)) or len(label) == 1 for _, label in real)
    if _NO_AREA.search(named) or not (_AREA.search(said) or telling * 2 > len(real)):
        return ()
    return tuple(dict.fromkeys(value for value, _ in real))


def every_option(menu: markup.Element, document: Document) -> Iterator[Request | None]:
    """What choosing each option asks for; `All` alone, where the menu has it with a value and it is not chosen yet."""
    whole = [value for value, label in options(menu) if value and _ALL.fullmatch(label)]
    wanted = [*regions_of(menu)] if not whole or selected(menu) == whole[0] else whole[:1]
    for value in wanted:
        yield _choice(menu, value, document)


def empty_searches(document: Document) -> Iterator[Request | None]:
    """What the searches for parishes ask for when nothing is filled in and everything is wanted."""
    about = " ".join(markup.text(node) for node in islice(document.tree.iter("h1", "title"), 3))
    for form in reading_forms(document):
        if str(form.get("method") or "get").lower() == "post":
            button = _button(form)
            if button is not None and _PARISHES.search(about) and not _has_menu(form):
                yield post_back(button, document)
        elif not markup.within(form, ("header", "nav", "footer")) and _is_search(form, about):
            yield submission(form, document, {})


def _has_menu(form: markup.Element) -> bool:
    return any(len(regions_of(menu)) > 1 for menu in islice(form.iter("select"), _MOST_MENUS))


def _is_search(form: markup.Element, about: str) -> bool:
    inputs = " ".join(f"{node.get('name')} {node.get('value') or ''}" for node in islice(form.iter("input"), 60))
    said = f"{form.get('class') or ''} {form.get('id') or ''} {form.get('action') or ''}"
    if re.search(r"\bs\b", inputs) and "post_type" not in inputs:
        return False  # WordPress' search of the whole site
    if _OTHER_SEARCH.search(said) and not re.search("parish|church", f"{said} {inputs}", re.I):
        return False
    return bool(_PARISHES.search(f"{said} {inputs} {about} {markup.text(form)[:300]}"))


def _choice(menu: markup.Element, value: str, document: Document) -> Request | None:
    """What a page sends when an option is chosen: the address that it is, the form with it, or ASP.NET's post."""
    if re.match(r"https?://|/|\?|\w[\w/-]*\.(?:html?|php|aspx?|cfm)\b", value):
        target = absolute(value, document.url)
        return Request(target, Purpose.NEXT) if target and same_site(target, document.url) else None
    form, name = next(menu.iterancestors("form"), None), str(menu.get("name") or "")
    if form is None or not name:
        return None
    button = _button(form)
    if str(form.get("method") or "get").lower() != "post":
        return submission(form, document, {name: value})
    posted = post_back(menu, document, {name: value})
    return posted or (post_back(button, document, {name: value}) if button is not None else None)


def _button(form: markup.Element) -> markup.Element | None:
    """The button that searches."""
    for node in islice(form.iter("input", "button", "a"), 400):
        kind = str(node.get("type") or "").lower()
        said = str(node.get("value") or "") if node.tag == "input" else markup.text(node)
        pressed = kind in {"submit", "button"} or node.tag == "button" or "doPostBack" in str(node.get("href") or "")
        if pressed and _SEARCH.search(said[:40]) and not re.search(r"site|log ?in", said, re.I):
            return node
    return None
