"""From the country's data and the templates to pages. The same data gives the same bytes.

A folder of templates is a site: `mass-times.html.j2` is the page `/mass-times`, `index.html.j2` the homepage, and the
ending before `.j2` tells what it is. Templates that begin with `_` are parts of others. `[parish]` in a path stands
for each parish of a directory, `[page]` for each part of it, `[letter]` for the parishes in cities of each letter,
`[key]` for the diocese's key; what lies under `hosts/NAME/` belongs to the host NAME.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from vitality_lib.sample import country, notation, selection
from vitality_lib.sample.pdf import pdf

USCCB_HOST = "www.usccb.example"
USCCB_PATH = "/about/bishops-and-dioceses/all-dioceses"
PER_PAGE = 4  # parishes on one page of a directory in parts

_TEMPLATES = Path(__file__).parent / "templates"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".kml": "application/vnd.google-earth.kml+xml",
}
_LEFT_OFF = frozenset({".html", ".json", ".kml"})  # endings that addresses do without


@dataclass(frozen=True)
class Content:
    """The body of a page and its media type."""

    body: bytes
    type: str


def usccb(dioceses: Sequence[country.Diocese]) -> dict[str, Content]:
    """The pages of the bishops' conference: the list of all dioceses."""
    return {USCCB_PATH: _render("usccb/all-dioceses.html.j2", dioceses=dioceses)}


def of_diocese(diocese: country.Diocese, per_page: int = PER_PAGE) -> dict[str, dict[str, Content]]:
    """The pages of a diocese by host and path; none when it has no website.

    A directory in parts has `per_page` parishes on each.
    """
    found: dict[str, dict[str, Content]] = {}
    if not diocese.website:
        return found
    folders = ("common", diocese.platform) if diocese.platform else ("common",)
    for folder in (f"dioceses/{name}" for name in folders):
        for template in _templates(folder):
            for path, more in _instances(template.removeprefix(f"{folder}/"), diocese, per_page):
                host, address = _place(path, diocese.host)
                found.setdefault(host, {})[address] = _render(template, diocese=diocese, per_page=per_page, **more)
    return found


def of_parish(parish: country.Parish) -> dict[str, Content]:
    """The pages of a parish's website by path."""
    found: dict[str, Content] = {}
    site = parish.site
    if site is None:
        return found
    given = {"parish": parish, "lines": parish.lines, "site": site, "theme": f"themes/{site.theme}.html.j2"}
    for folder in ("parishes/common", f"parishes/{site.layout}"):
        for template in _templates(folder):
            _, address = _place(template.removeprefix(f"{folder}/"), parish.host)
            found[address] = _render(template, **given)
    return found


def layouts() -> tuple[str, ...]:
    """The names of the layouts of parish sites."""
    return tuple(sorted(path.name for path in (_TEMPLATES / "parishes").iterdir() if path.name != "common"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(("html.j2", "svg.j2", "kml.j2"), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= notation.FILTERS | selection.FILTERS
    return environment


@cache
def _templates(folder: str) -> tuple[str, ...]:
    """The templates of a folder that are pages."""
    inside = sorted((_TEMPLATES / folder).rglob("*.j2"))
    return tuple(str(path.relative_to(_TEMPLATES)) for path in inside if not path.name.startswith("_"))


def _render(template: str, **values: Any) -> Content:
    text = _environment().get_template(template).render(**values)
    ending = Path(template.removesuffix(".j2")).suffix
    return Content(pdf(text) if ending == ".pdf" else text.encode(), _TYPES[ending])


def _instances(path: str, diocese: country.Diocese, per_page: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The pages that one template stands for, each with what its place-holder means there."""
    path = path.replace("[key]", diocese.key)
    if "[parish]" in path:
        for parish in diocese.listed:
            yield path.replace("[parish]", parish.slug), {"parish": parish}
    elif "[page]" in path:
        count = -(-len(diocese.listed) // per_page)
        for number in range(1, count + 1):
            rows = diocese.listed[(number - 1) * per_page : number * per_page]
            yield path.replace("[page]", str(number)), {"rows": rows, "page": number, "pages": count}
    elif "[letter]" in path:
        for letter in ascii_lowercase:
            rows = tuple(row for row in diocese.listed if row.city.lower().startswith(letter))
            yield path.replace("[letter]", letter), {"rows": rows, "letter": letter}
    else:
        yield path, {}


def _place(path: str, host: str) -> tuple[str, str]:
    """Host and address of a template's path."""
    named = re.match(r"hosts/([^/]+)/(.+)", path)
    host, path = (named[1], named[2]) if named else (host, path)
    bare = path.removesuffix(".j2")
    ending = Path(bare).suffix
    address = "/" + (bare.removesuffix(ending) if ending in _LEFT_OFF else bare)
    return host, re.sub(r"/index$", "", address) or "/"
