"""What a page asks for in the browser, and which of it is fetched in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_FETCHED = frozenset({"document", "script", "xhr", "fetch"})  # resource types of the DevTools protocol
_TRACKERS = (
    "google-analytics.com",
    "googletagmanager.com",
    "doubleclick.net",
    "googlesyndication.com",
    "googleadservices.com",
    "adservice.google.com",
    "facebook.net",
    "facebook.com",
    "bat.bing.com",
    "snap.licdn.com",
    "analytics.tiktok.com",
    "hotjar.com",
    "clarity.ms",
    "fullstory.com",
    "mouseflow.com",
    "crazyegg.com",
    "mixpanel.com",
    "amplitude.com",
    "segment.com",
    "segment.io",
    "quantserve.com",
    "scorecardresearch.com",
    "statcounter.com",
    "matomo.cloud",
    "addthis.com",
    "sharethis.com",
    "newrelic.com",
    "nr-data.net",
    "sentry.io",
    "cookiebot.com",
    "userway.org",
)


@dataclass(frozen=True, eq=False)
class Asked:
    """One request that the browser makes and that waits for our answer."""

    id: str
    url: str
    method: str
    kind: str
    form: str | None

    @property
    def is_fetched(self) -> bool:
        """Whether it may bring a page its text: no pictures, fonts, media, advertisements or trackers.

        Nor a form that a script sends off by itself: who opens it in the browser would leave it unsent.
        """
        if self.kind == "document" and self.method != "GET":
            return False
        return self.kind in _FETCHED and self.method in {"GET", "POST"} and not _is_tracker(self.url)


def asked(request: dict[str, Any]) -> Asked:
    """The request of a `network.beforeRequestSent` event of WebDriver BiDi."""
    kind = str(request.get("goog:resourceType", "")).lower()
    form = str(request.get("goog:postData") or "") if request["method"] == "POST" else None
    return Asked(request["request"], request["url"].partition("#")[0], request["method"], kind, form)


def _is_tracker(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return True  # no address at all
    return any(host == tracker or host.endswith("." + tracker) for tracker in _TRACKERS)
