"""Values as people read them: the filters of the dashboard's templates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape

from vitality_lib.harmless import lines_kept
from vitality_lib.reports.shown import shown

_STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_SIZES = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


def said(text: object, most: int = 120) -> Markup:
    """Words from other people's pages: on one line, cut, turning nothing that stands beside them; a dash for none."""
    return Markup("–") if text is None or text == "" else Markup("<bdi>{}</bdi>").format(shown(str(text), most))


def lines(text: str, most: int = 1000) -> Markup:
    """Words from other people's pages with their line breaks: cut, and kept from turning what stands beside them."""
    cut = text if len(text) <= most else f"{text[: most - 1]}…"
    return Markup("<bdi>{}</bdi>").format(lines_kept(cut))


def count(number: float | None) -> str:
    """12,345; a dash for what is not known."""
    return "–" if number is None else f"{number:,}"


def percent(part: int, whole: int) -> str:
    """A share; 100 % and 0 % are said only when they are exact; a dash when there is nothing to divide."""
    if not whole:
        return "–"
    if part in (0, whole):
        return f"{100 * part // whole} %"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f} %"


def moment(when: datetime | None, otherwise: str = "never") -> Markup:
    """A time in UTC; theme.js adds the reader's own."""
    if when is None:
        return escape(otherwise)
    utc = when.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(f"{utc:%Y-%m-%dT%H:%M:%SZ}", f"{utc:%-d %B %Y, %H:%M:%S} UTC")


def ago(when: datetime | None, now: datetime, otherwise: str = "never") -> Markup:
    """How long before `now`, with the exact time behind it; a time after `now` is said with `in`."""
    if when is None:
        return escape(otherwise)
    seconds = (now - when).total_seconds()
    text = f"{lasting(seconds)} ago" if seconds >= 0 else f"in {lasting(-seconds)}"
    utc = when.astimezone(UTC)
    exact = f"{utc:%-d %B %Y, %H:%M:%S} UTC"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(f"{utc:%Y-%m-%dT%H:%M:%SZ}", exact, text)


def lasting(span: float | timedelta | None) -> str:
    """Seconds as `2 d 3 h`, `4 min 10 s`, `12 s`: the two largest parts."""
    if span is None:
        return "–"
    left = round(span.total_seconds() if isinstance(span, timedelta) else span)
    parts = []
    for size, name in _STEPS:
        if left >= size or (size == 1 and not parts):
            parts.append(f"{left // size} {name}")
            left %= size
    return " ".join(parts[:2])


def size(bytes_: int | None) -> str:
    """512 MiB; a dash for what is not known."""
    if bytes_ is None:
        return "–"
    for unit, name in _SIZES:
        if bytes_ >= unit:
            return f"{bytes_ / unit:.{1 if unit == 2**30 else 0}f} {name}"
    return f"{bytes_} B"


FILTERS = {
    "said": said,
    "lines": lines,
    "shown": said,
    "count": count,
    "percent": percent,
    "moment": moment,
    "ago": ago,
    "lasting": lasting,
    "size": size,
}
