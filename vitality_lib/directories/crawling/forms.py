"""Forms that only read: what a browser would send for a search left empty, an option chosen, a pager's next page.

Also ASP.NET Web Forms (DNN): `__doPostBack('ctl00$Pager','Page$2')` posts the page's one form with its hidden fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from urllib.parse import urlencode

from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute, same_site, split
from vitality_lib.models import Purpose, Request

_POST_BACK = re.compile(
    r"(?:__doPostBack|WebForm_PostBackOptions)\(\s*(?P<q>['\"])(?P<target>[^'\"]{1,300})(?P=q)"
    r"\s*,\s*(?P<r>['\"])(?P<argument>[^'\"]{0,300})(?P=r)"
)
_UNSENT = frozenset({"submit", "button", "image", "reset", "file", "password"})
_NOTHING: Mapping[str, str] = MappingProxyType({})
_MOST_FORMS, _MOST_FIELDS, _LONGEST = 30, 400, 400_000
_LONGEST_LABEL = 200  # characters of an option: those that are never closed stand in one another


def reading_forms(document: Document) -> list[markup.Element]:
    """The forms that may be sent without doing anything: searches by GET, and ASP.NET's form around the whole page."""
    forms = list(document.tree.iter("form"))[:_MOST_FORMS]
    return [form for form in forms if _only_reads(form)]


def submission(form: markup.Element, document: Document, chosen: Mapping[str, str]) -> Request | None:
    """What sending a form asks for, its fields as they stand but for those `chosen`; None when it leads elsewhere."""
    target = absolute(str(form.get("action") or "") or document.url, document.url)
    if target is None or (document.url and not same_site(target, document.url)):
        return None
    fields = urlencode({**_fields(form), **chosen})
    if len(fields) > _LONGEST:
        return None
    if _method(form) == "post":
        return Request(target, Purpose.NEXT, body=fields)
    address = absolute(f"{target.partition('?')[0]}?{fields}", document.url)
    return Request(address, Purpose.NEXT) if address else None


def post_back(node: markup.Element, document: Document, chosen: Mapping[str, str] = _NOTHING) -> Request | None:
    """What a link, button or menu of an ASP.NET page posts; None when it is none."""
    script = " ".join(str(node.get(name) or "") for name in ("href", "onclick", "onchange"))
    match = _POST_BACK.search(script.replace("\\'", "'"))
    form = next(node.iterancestors("form"), None)
    if form is None or not _is_web_form(form):
        return None
    if match:
        sent = {"__EVENTTARGET": match["target"], "__EVENTARGUMENT": match["argument"]}
    elif node.tag in {"input", "button"} and node.get("name"):
        sent = {str(node.get("name")): str(node.get("value") or "")}
    else:
        return None
    return submission(form, document, {**sent, **chosen})


def options(select: markup.Element) -> list[tuple[str, str]]:
    """The values and labels of a menu."""
    nodes = islice(select.iter("option"), _MOST_FIELDS)
    return [(_value(node), _label(node)) for node in nodes if node.get("disabled") is None]


def selected(select: markup.Element) -> str:
    """The value of the option that a page marks as chosen; empty when it marks none."""
    nodes = islice(select.iter("option"), _MOST_FIELDS)
    return next((_value(node) for node in nodes if node.get("selected") is not None), "")


def _first(select: markup.Element) -> str:
    """The value of the first option that can be chosen: the one that a browser sends when none is marked."""
    nodes = islice(select.iter("option"), _MOST_FIELDS)
    return next((_value(node) for node in nodes if node.get("disabled") is None), "")


def is_own_page(request: Request, document: Document) -> bool:
    """Whether a request only asks for the page again that is being read: the same address with the same fields."""
    if request.body is not None:
        return False
    one, other = split(request.url), split(document.url)
    same = (one.netloc, one.path.rstrip("/")) == (other.netloc, other.path.rstrip("/"))
    return same and sorted(one.query.split("&")) == sorted(other.query.split("&"))


def _only_reads(form: markup.Element) -> bool:
    kinds = {str(node.get("type") or "").lower() for node in form.iter("input")}
    if kinds & {"password", "file"} and not _is_web_form(form):
        return False
    if _method(form) == "post":
        return _is_web_form(form)
    return next(form.iter("textarea"), None) is None and "email" not in kinds


def _is_web_form(form: markup.Element) -> bool:
    return any(node.get("name") == "__VIEWSTATE" for node in form.iter("input"))


def _method(form: markup.Element) -> str:
    return str(form.get("method") or "get").strip().lower()


def _fields(form: markup.Element) -> dict[str, str]:
    """What a browser would send of a form whose buttons nobody pressed."""
    fields: dict[str, str] = {}
    for node in islice(form.iter("input", "select"), _MOST_FIELDS):
        name, kind = str(node.get("name") or ""), str(node.get("type") or "text").lower()
        if not name or node.get("disabled") is not None or kind in _UNSENT:
            continue
        if node.tag == "select":
            fields[name] = selected(node) or _first(node)
        elif kind not in {"checkbox", "radio"} or node.get("checked") is not None:
            fields[name] = str(node.get("value") or ("on" if kind in {"checkbox", "radio"} else ""))
    return fields


def _value(option: markup.Element) -> str:
    value = option.get("value")
    return _label(option) if value is None else str(value).strip()


def _label(option: markup.Element) -> str:
    return markup.text(option, _LONGEST_LABEL)
