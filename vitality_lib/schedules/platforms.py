"""What a parish's site runs on, and the addresses that sites on it often use for their times.

The addresses are those of the templates that each platform offers to parishes; WordPress and Weebly make them of a
page's title. They are guesses, each costs a request, and so they are few and come after everything that is known.
"""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute

_HEAD = 200_000  # characters of a page in which its platform shows


@dataclass(frozen=True)
class Platform:
    """`marks` are pieces of text, in lower case, of which one is in every page of the platform."""

    name: str
    marks: tuple[str, ...]
    paths: tuple[str, ...]

    def guesses(self, home: str) -> list[str]:
        """Its usual addresses on the site of `home`, likeliest first."""
        return [url for path in self.paths if (url := absolute(path, home))]


# The first whose mark is found: eCatholic and LPi serve pages that name others, too.
PLATFORMS = (
    Platform(
        "eCatholic",
        ("files.ecatholic.com", "cdn.ecatholic", "ecatholic.com/"),
        ("/mass-times", "/masstimes", "/reconciliation"),
    ),
    Platform("LPi", ("lpiwebsites", "4lpi.com", "wearelpi"), ("/mass-times", "/mass-schedule")),
    Platform("diocesan.com", ("diocesan.com", "diocesanweb"), ("/mass-times", "/mass-schedule")),
    Platform("Wix", ("static.wixstatic.com", "wix.com website builder", "wix-warmup-data"), ("/mass-times",)),
    Platform("Squarespace", ("static1.squarespace.com", "squarespace.com"), ("/mass-times", "/mass-schedule")),
    Platform("Weebly", ("weebly.com", "editmysite.com"), ("/mass-times.html", "/mass-schedule.html")),
    Platform("WordPress", ("/wp-content/", "/wp-includes/", "wp-json"), ("/mass-times/", "/mass-schedule/")),
)


def platform_of(document: Document) -> Platform | None:
    """The platform of a page's site; None when it shows none that is known."""
    if document.kind is not Kind.HTML:
        return None
    head = document.folded[:_HEAD]
    return next((platform for platform in PLATFORMS if any(mark in head for mark in platform.marks)), None)
