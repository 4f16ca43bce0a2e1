"""What the tags of a feed's row (its categories, filters, type) say of it: a parish, a school, its deanery."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from vitality_lib.directories.parish.fields import Field, field_named, words_of
from vitality_lib.directories.parish.names import is_of_another_kind, sounds_like_parish, why_left_out
from vitality_lib.directories.parish.records import tidy

_KEYS = ("tags", "filters", "categories", "category", "location_type_name", "groups", "labels")
_NAMES = ("name", "title", "label", "value")
_PARISH = re.compile(
    r"\b(?:parish(?:es)?|church(?:es)?|missions?|chapels?|cathedrals?|shrines?|parroquias?|misi[oó]n(?:es)?)\b"
    r"(?! (?:(?:elementary|grade|middle|high) )?(?:schools?|cemeter|offices?))",
    re.I,
)
_KIND = re.compile(r"(?:\w*type|kind|class(?:ification)?)", re.I)
_OFFICES = re.compile(r"^(?:\w+ ){0,2}(?:offices?|agency|agencies|ministry|ministries|charity|charities|departments?)$")
_MOST = 40


def tags_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of a row, whichever way it has them: `A, B`, `["A", "B"]`, `[{"id": 1, "name": "A"}]`."""
    found = (tag for key in _KEYS for tag in _tags(row.get(key)))
    return tuple(dict.fromkeys(found))[:_MOST]


def kinds_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row says it is: its tags, and its type (`"type": "School"`)."""
    said = (value for key, value in row.items() if isinstance(value, str) and _KIND.fullmatch(str(key)))
    return (*tags_of(row), *(value for value in said if len(value) < 80))


def is_of_parishes(tag: str) -> bool:
    """Whether a tag is one that parishes bear: `Parish`, `Mission`, `Parishes with schools`."""
    return bool(_PARISH.search(tag))


def why_no_parish(name: str, tags: Iterable[str], tagged: bool) -> str | None:
    """What the tags call a row, when that is something else than a parish.

    `School` may as well be what a parish has: it counts only in a list whose parishes are `tagged` as such, or beside
    a name that no church bears.
    """
    said = list(tags)
    why = next((why for tag in said if is_of_another_kind(why := why_left_out(tag))), None)
    no_parish = not any(is_of_parishes(tag) for tag in said) and (tagged or not sounds_like_parish(name))
    return why if no_parish else None


@lru_cache(maxsize=4096)
def why_none_under(kind: str) -> str | None:
    """Why what stands under a heading (`Schools`, `parish_schools`) is no parish; None when it may be one."""
    said = words_of(kind[:80])
    if _OFFICES.search(said):
        return "an office"
    return why_no_parish("", (said, said.removesuffix("s"), re.sub("ies$", "y", said)), tagged=True)


def deanery_in(tags: Iterable[str]) -> str | None:
    """The tag that names a deanery or vicariate."""
    return next((tag for tag in tags if field_named(tag) is Field.DEANERY), None)


def _tags(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, map(tidy, re.split(r"[,;|]", value[:2000])))
    elif isinstance(value, list):
        for one in value[:_MOST]:
            inner = next((one[key] for key in _NAMES if one.get(key)), None) if isinstance(one, Mapping) else one
            if isinstance(inner, str) and (tag := tidy(inner)):
                yield tag
