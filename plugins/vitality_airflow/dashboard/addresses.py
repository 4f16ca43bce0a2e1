"""Addresses of other people's websites on our pages: to click where that works, else to copy."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from vitality_lib.harmless import is_link
from vitality_lib.reports.shown import shown

_LONGEST = 60


@dataclass(frozen=True)
class Addresses:
    """Airflow frames the page without the right to open windows: framed, a foreign site would take the page's place."""

    framed: bool

    def __call__(self, url: str | None, most: int = _LONGEST) -> Markup:
        """The address of a website, which gains nothing by standing here; nothing at all for None."""
        if not url:
            return Markup("")
        words = Markup("<bdi>{}</bdi>").format(shown(url, most))
        if not is_link(url):
            return words
        if self.framed:
            return Markup(
                '<span class="address">{} <button type="button" class="copy" data-copy="{}" hidden>Copy'
                '<span class="unseen"> {}</span></button></span>'
            ).format(words, url, shown(url, most))
        return Markup('<a href="{}" rel="nofollow noopener noreferrer external">{}</a>').format(url, words)
