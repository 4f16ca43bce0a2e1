"""How long to stay away from a host, as pure rules. Every delay is in seconds, after the end of the last response."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from vitality_lib.settings import Settings

LONGEST_RETRY_AFTER = 7 * 86400.0
PATIENCE = 900.0  # a request whose turn is further away than this is given up for now
_PLATFORMS = {
    "ecatholic": ("ecatholic.com", "ecatholic.net"),
    "squarespace": ("squarespace.com", "sqsp.net"),
    "wix": ("wixsite.com", "wixdns.net", "wix.com"),
    "weebly": ("weebly.com", "weeblysite.com"),
    "godaddy": ("godaddysites.com", "secureserver.net"),
    "wordpress.com": ("wordpress.com", "wp.com"),
    "wpengine": ("wpengine.com", "wpenginepowered.com"),
    "pantheon": ("pantheonsite.io",),
    "diocesan": ("diocesan.com", "diocesanweb.org"),
    "lpi": ("4lpi.com", "parishesonline.com", "weconnect.com"),
    "duda": ("multiscreensite.com", "dudaone.com"),
    "blogspot": ("blogspot.com", "ghs.google.com", "ghs.googlehosted.com"),
    "google-sites": ("sites.google.com",),
    "github": ("github.io",),
    "flocknote": ("flocknote.com",),
}


def gap(settings: Settings, crawl_delay: float | None) -> float:
    """Least time between two requests to a host: 2 s (a setting) or its Crawl-delay, times pace."""
    return max(settings.min_delay_seconds, crawl_delay or 0.0) * settings.pace


def rest(settings: Settings, response_seconds: float) -> float:
    """What a host is owed after a response: 5 times as long as it took, from 2 to 60 s (settings).

    The bounds are times pace. How long the response took was measured, so it has its pace already.
    """
    least, most = settings.min_delay_seconds * settings.pace, settings.max_delay_seconds * settings.pace
    return max(least, min(most, settings.delay_factor * response_seconds))


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 section 10.2.3: seconds or a date); None when it says none.

    More than a week is taken as a week.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=now.tzinfo)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def platform_of(*names: str) -> str | None:
    """The hosting platform of a host, by its name or the name its alias (CNAME) leads to."""
    for platform, suffixes in _PLATFORMS.items():
        for name in names:
            if any(name == suffix or name.endswith("." + suffix) for suffix in suffixes):
                return platform
    return None
