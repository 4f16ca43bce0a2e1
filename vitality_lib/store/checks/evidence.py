"""Why services are believed."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

_DOUBTFUL = 0.5
_OTHERS = {  # words of other types than the service's own, and its own; in English and Spanish
    "mass": ("confess|reconcil|penance", "mass|misa|liturg|eucharist|vigil"),
    "confession": (r"\mmass(es)?\M|rosary|adoration", "confes|reconcil|penance|penitenc|perd[oó]n|appointment"),
    "adoration": (
        "confess|reconcil|rosary|stations",
        "ador|exposi|holy hour|hora santa|bless|sacrament|benedict|eucharist",
    ),
}
_AGAINST = " OR ".join(
    f"type = '{kind}' AND quote ~* '{other}' AND quote !~* '{own}'" for kind, (other, own) in _OTHERS.items()
)
# The start as the quote may write it: 8:30, 8.30, 830, 08:30, 20:30, 8h30; whole hours without minutes; words for 12.
_SAYS_THE_TIME = """
    strpos(quote, h12 || ':' || mm) > 0 OR strpos(quote, h24 || ':' || mm) > 0 OR strpos(quote, h12 || '.' || mm) > 0
    OR strpos(quote, h12 || mm) > 0 OR strpos(quote, h24 || mm) > 0 OR strpos(quote, h12 || ' ' || mm) > 0
    OR strpos(lower(quote), h12 || 'h' || mm) > 0 OR mm = '00' AND (strpos(quote, h12) > 0 OR strpos(quote, h24) > 0)
    OR start_time = '12:00' AND quote ~* 'noon|midday|mediod' OR mm <> '00' AND quote ~* 'half past|quarter'
    OR start_time = '00:00' AND quote ~* 'midnight|medianoche|24|perpetual|all day|clock'
"""

EVIDENCE = (
    Check(
        "service_without_evidence",
        "Service without evidence",
        Severity.ERROR,
        Of.SERVICES,
        "No quote of a page stands behind it.",
        "SELECT id, NOT EXISTS (SELECT FROM evidence e WHERE e.service_id = present.id) AS fails FROM present",
    ),
    Check(
        "evidence_doubtful",
        "Doubtful evidence",
        Severity.WARNING,
        Of.SERVICES,
        f"Of the services with evidence: confidence of the best piece under {_DOUBTFUL}.",
        f"SELECT service_id AS id, max(confidence) < {_DOUBTFUL} AS fails FROM behind GROUP BY service_id",
    ),
    Check(
        "quote_without_time",
        "Quote that does not hold the time",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services with a start and evidence from a page's words (calendars and corrections left out): no quote"
        " holds the hour and minute.",
        f"""SELECT service_id AS id, NOT bool_or({_SAYS_THE_TIME}) AS fails FROM (
            SELECT service_id, quote, start_time, right(start_time, 2) AS mm, (left(start_time, 2)::int)::text AS h24,
                (mod(left(start_time, 2)::int + 11, 12) + 1)::text AS h12
            FROM behind WHERE start_time IS NOT NULL AND method NOT IN ('calendar', 'correction', 'structured')
        ) AS quoted GROUP BY service_id""",
    ),
    Check(
        "type_against_words",
        "Type that its quote contradicts",
        Severity.WARNING,
        Of.SERVICES,
        "Of the Masses, Confessions and Adorations with evidence: every quote names another type and none its own.",
        f"""SELECT service_id AS id, bool_and({_AGAINST}) AS fails FROM behind
        WHERE type <> 'other_devotion' AND method <> 'correction' GROUP BY service_id""",
    ),
    Check(
        "evidence_without_quote",
        "Evidence without words",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services with evidence: a piece has an empty quote, or its place in the page has no length.",
        """SELECT service_id AS id,
            bool_or(trim(quote) = '' OR span_end <= span_start AND method <> 'correction') AS fails
        FROM behind GROUP BY service_id""",
    ),
    Check(
        "evidence_on_failed_page",
        "Evidence from a page that answers with an error",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services whose evidence names a page that is kept: the newest full answer had status 400 or higher.",
        """SELECT service_id AS id, bool_and(pages.status >= 400) AS fails
        FROM behind JOIN pages ON pages.request_key = behind.url GROUP BY service_id""",
    ),
    Check(
        "evidence_page_not_kept",
        "Evidence whose page is not kept",
        Severity.GAP,
        Of.SERVICES,
        "Of the services with evidence from a page: none of these pages is stored, so it cannot be read again.",
        """SELECT service_id AS id, bool_and(NOT EXISTS (SELECT FROM page_bodies b WHERE b.hash = page_hash)) AS fails
        FROM behind WHERE method <> 'correction' GROUP BY service_id""",
    ),
    Check(
        "evidence_on_another_site",
        "Evidence from another site",
        Severity.WARNING,
        Of.SERVICES,
        "Of the services with evidence from a page, of parishes with a website: the pages are on another host.",
        """SELECT b.service_id AS id, bool_and(strpos(b.url, s.host) = 0) AS fails
        FROM behind b JOIN sites s ON s.id = b.parish_id WHERE b.method <> 'correction' GROUP BY b.service_id""",
    ),
)
