"""Websites of parishes."""

from __future__ import annotations

from vitality_lib.store.checks.addresses import missing
from vitality_lib.store.checks.check import Check, Of, Severity, has

_SOCIAL = r"(^|\.)(facebook|fb|instagram|twitter|x|youtube|linkedin|tiktok)\.com$"
_LISTS = (
    r"(^|\.)(google\.com|goo\.gl|bing\.com|yelp\.com|mapquest\.com|masstimes\.org|parishesonline\.com|discovermass\.com"
    r"|catholicmasstime\.org|wikipedia\.org)$"
)

_ADDRESS = r"""^https?://([a-z0-9_-]+\.)+[a-z0-9-]{2,}(:[0-9]+)?([/?#][^\s<>"{}|\\^`]*)?$"""

WEBSITES = (
    missing("website", "website", Severity.WARNING),
    Check(
        "website_malformed",
        "Malformed website",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with one: no http or https address of a host with a dot, or spaces, quotes, brackets in it.",
        rf"SELECT id, website !~* '{_ADDRESS}' AS fails {has('website')}",
    ),
    Check(
        "website_is_social",
        "Page of a social network in place of a website",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with a website: it is an account at Facebook, Instagram, X, YouTube and the like.",
        f"SELECT id, host ~ '{_SOCIAL}' AS fails FROM sites",
    ),
    Check(
        "website_is_a_list",
        "Page of a map, search or list of Masses in place of a website",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a website: it belongs to a map, a search engine or a service that lists many parishes.",
        f"SELECT id, host ~ '{_LISTS}' AS fails FROM sites",
    ),
    Check(
        "website_is_the_diocese",
        "The diocese's homepage as the parish's website",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with a website: it is the diocese's own homepage.",
        r"""SELECT s.id,
            s.bare = trim(TRAILING '/' FROM lower(regexp_replace(d.website, '^[A-Za-z]+://(www\.)?', ''))) AS fails
        FROM sites s JOIN dioceses d ON d.id = s.diocese_id""",
    ),
    Check(
        "website_of_another_diocese",
        "Website on another diocese's domain",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a website: its host is that of another diocese's website, or below it.",
        r"""SELECT s.id, bool_or(d.id IS NOT NULL) AND NOT bool_or(d.id IS NOT NULL AND d.id = s.diocese_id) AS fails
        FROM sites s
        CROSS JOIN LATERAL generate_series(1, array_length(string_to_array(s.host, '.'), 1) - 1) AS cut
        LEFT JOIN (
            SELECT id, lower(substring(website FROM '^[A-Za-z]+://(?:www\.)?([^/:?#]+)')) AS host FROM dioceses
        ) AS d ON d.host = array_to_string((string_to_array(s.host, '.'))[cut:], '.')
        GROUP BY s.id""",
    ),
    Check(
        "website_shared",
        "Website shared in a diocese",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a website: another of the diocese has the same. Clustered parishes often do.",
        "SELECT id, count(*) OVER (PARTITION BY diocese_id, bare) > 1 AS fails FROM sites",
    ),
    Check(
        "website_shared_across",
        "Website shared with another diocese",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a website: one of another diocese has the same.",
        """SELECT id, min(diocese_id) OVER same <> max(diocese_id) OVER same AS fails FROM sites
        WINDOW same AS (PARTITION BY bare)""",
    ),
)
