"""Each reason in plain English: what it means, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Reason

NOT_VISITED = "not_visited"
"""Shown for a unit that no run has come to yet. It is no outcome: the ledger never holds it."""


@dataclass(frozen=True)
class Explained:
    """What a reason means, and what the person who runs the crawl can do; empty when there is nothing to do."""

    meaning: str
    advice: str


def explain(reason: str) -> Explained:
    """The words for a reason as it stands in the ledger; a name that is not known explains itself."""
    if reason == NOT_VISITED:
        return Explained("No run has come to it yet.", "Nothing: it is visited when it is due. Run the stage to hurry.")
    return _WORDS.get(reason) or Explained(f"Ended as {reason}.", "Look at the detail in the run ledger.")


_WORDS: dict[str, Explained] = {
    Reason.OK: Explained("Done; what was found is published.", ""),
    Reason.NO_WEBSITE: Explained(
        "The list or directory names no website.", "Find the address and tell the diocese that it is missing."
    ),
    Reason.DNS_FAILURE: Explained(
        "The website's name leads nowhere.", "Check the spelling of the address; the site may be gone."
    ),
    Reason.CONNECTION_FAILURE: Explained(
        "The server does not answer, or breaks off.",
        "Nothing at first: it is asked again. If it lasts, the site is down.",
    ),
    Reason.TLS_FAILURE: Explained(
        "The site's certificate is expired or wrong.", "Tell the site's owner; we do not read past a bad certificate."
    ),
    Reason.HTTP_ERROR: Explained(
        "The server answered with an error.", "Open the address in a browser; the page may have moved."
    ),
    Reason.TIMEOUT: Explained(
        "The server was too slow.", "Nothing at first: it is asked again. VITALITY_TIMEOUT is the limit."
    ),
    Reason.ROBOTS_DISALLOWED: Explained(
        "The site's robots.txt, or the page itself, asks us not to read it.",
        "Respect it. Ask the owner if the data matters.",
    ),
    Reason.BLOCKED: Explained(
        "The site refuses automatic visitors.", "Leave it alone. Ask the owner for leave or for a data feed."
    ),
    Reason.BREAKER_OPEN: Explained(
        "The host failed several times in a row and is left in peace.", "Nothing: it is tried again after a rest."
    ),
    Reason.BUDGET_SPENT: Explained(
        "The visit used up its requests before it was done.",
        "Look at its routes; VITALITY_REQUESTS_PER_PARISH and VITALITY_REQUESTS_PER_DIRECTORY are the limits.",
    ),
    Reason.FORBIDDEN_ADDRESS: Explained(
        "The address leads into a private network.", "Correct the address; it is never fetched as it is."
    ),
    Reason.TOO_LARGE: Explained(
        "The page is larger than the limit.",
        "Look at it; VITALITY_MAX_HTML_BYTES and VITALITY_MAX_PDF_BYTES are the limits.",
    ),
    Reason.TOO_MANY_REDIRECTS: Explained(
        "The site sends visitors in a circle.", "Open the address in a browser and correct it where it is listed."
    ),
    Reason.PARKED_DOMAIN: Explained(
        "The domain belongs to nobody in particular now.", "Find the parish's new address and tell the diocese."
    ),
    Reason.NO_DIRECTORY: Explained(
        "No page of the diocese's site was proved to list parishes.", "Run `vitality inspect links` on its homepage."
    ),
    Reason.NO_SCHEDULE_PAGE: Explained(
        "No page of the site states service times.",
        "Run `vitality inspect schedule` on the page that does, if there is one.",
    ),
    Reason.ONLY_IN_PDF: Explained(
        "What was looked for stands only in a PDF that could not be read.",
        "Look at it; ask the parish or the diocese for a page.",
    ),
    Reason.ONLY_IN_IMAGE: Explained(
        "The times stand only in a picture.", "Look at the page; ask the parish to write them as text."
    ),
    Reason.NEEDS_BROWSER: Explained(
        "The page is drawn by scripts and no browser was there.", "Install Chromium, or set VITALITY_BROWSER to auto."
    ),
    Reason.UNREADABLE: Explained(
        "The page was fetched, but no reader understands it.",
        "Run `vitality inspect` on it; it may want a new platform.",
    ),
    Reason.HELD_FOR_REVIEW: Explained(
        "Too much moved at once; the last good data stays published.",
        "Compare the two readings; accept or reject the new.",
    ),
    Reason.INTERRUPTED: Explained("The worker was told to stop.", "Nothing: it is taken up again in the next run."),
    Reason.INTERNAL_ERROR: Explained(
        "A fault of this software.", "Read the detail in the ledger and the task's log, and report it."
    ),
}
