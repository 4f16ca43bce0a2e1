"""Outcomes as a person reads them: of which step, what it means and what can be done."""

from __future__ import annotations

from markupsafe import Markup

from vitality_lib.models import Reason
from vitality_lib.reports.reasons import NOT_VISITED, explain
from vitality_lib.store.dashboard.outcomes import Ended

_STEPS = {
    "discovery": "Finding the directory",
    "extraction": "Reading the directory",
    "schedule": "Reading the services",
}
_STATES = {Reason.OK: "good", Reason.HELD_FOR_REVIEW: "waiting", NOT_VISITED: "waiting"}

REASONS = (*(reason.value for reason in Reason), NOT_VISITED)
"""What a list may be filtered by."""


def step(ended: Ended) -> str:
    """What was done: `Reading the directory`."""
    return _STEPS.get(ended.stage, "")


def state(reason: str) -> str:
    """The class of the style sheet: good, waiting or bad."""
    return _STATES.get(reason, "bad")


def plain(reason: str) -> str:
    """`no_schedule_page` as `no schedule page`."""
    return reason.replace("_", " ")


def meaning(ended: Ended) -> str:
    """What it means. That a directory was found is not yet that it was read."""
    if (ended.stage, ended.reason) == ("discovery", Reason.OK):
        return "Its directory was found; no run has read it yet."
    return explain(ended.reason).meaning


def advice(reason: str) -> Markup:
    """What the person who runs the crawl can do, its commands marked; empty when there is nothing to do."""
    pieces = explain(reason).advice.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in enumerate(pieces))


WORDS = {"step": step, "state": state, "plain": plain, "meaning": meaning, "advice": advice, "explain": explain}
"""For templates: `words.meaning(outcome)`."""
