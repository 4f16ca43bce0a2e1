"""Pages of parish sites, cast from moulds: the templates are slow, so each kind of site is rendered once, with place
names that are replaced by each parish's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from nation.plan import MOULDS, Member
from vitality_lib.sample import pages
from vitality_lib.sample.country import Parish
from vitality_lib.sample.pages import Content

_FIELDS = ("name", "street", "city", "state", "zip", "phone", "email", "pastor")
_HOST = "zzhost.example"
_HELD = {name: f"zz{name}zz" for name in _FIELDS}


def pages_of(member: Member) -> Mapping[str, Content]:
    """The pages of a parish's site, by path: what `sample.pages.of_parish` makes of its record."""
    parish = member.parish
    moulds = _mould(member.mould, member.variant, parish.lines)
    cast = {path: _cast(content, parish) for path, content in moulds.items()}
    pdf = any(content.type == "application/pdf" for content in cast.values())
    return pages.of_parish(parish) if pdf else cast  # a PDF tells where each part begins: it cannot be cast


@lru_cache(4096)
def _mould(number: int, variant: int, lines: tuple[object, ...]) -> Mapping[str, Content]:
    return pages.of_parish(replace(MOULDS[number], website=f"http://{_HOST}/", lines=lines, **_HELD))  # type: ignore[arg-type]


def _cast(content: Content, parish: Parish) -> Content:
    body = content.body.replace(_HOST.encode(), parish.host.encode())
    for name, held in _HELD.items():
        own = str(getattr(parish, name) or "")
        body = body.replace(held.encode(), own.encode()).replace(held.upper().encode(), own.upper().encode())
    return Content(body, content.type)
