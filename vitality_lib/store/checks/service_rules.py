"""On which days services recur, in which language, and rules that say nothing or too much."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

_TODAY = "to_char(%(now)s::timestamptz, 'YYYY-MM-DD')"

SERVICE_RULES = (
    Check(
        "service_without_day",
        "Service without a day",
        Severity.WARNING,
        Of.SERVICES,
        "No day is stated, and no note such as “by appointment” explains it.",
        "SELECT id, days = '{}' AND month_days = '{}' AND note IS NULL AS fails FROM present",
    ),
    Check(
        "ordinal_without_day",
        "“First”, “second” or “last” of nothing",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services on certain weeks of the month: no weekday is named.",
        """SELECT id, NOT days && '{SU,MO,TU,WE,TH,FR,SA}' AS fails FROM present WHERE ordinals <> '{}'""",
    ),
    Check(
        "weeks_unanchored",
        "Every other week, but which?",
        Severity.GAP,
        Of.SERVICES,
        "Of the services of every other week: the page does not say which week counts.",
        "SELECT id, anchor IS NULL AS fails FROM present WHERE weeks > 1",
    ),
    Check(
        "rule_expired",
        "Rule that is over",
        Severity.WARNING,
        Of.SERVICES,
        "Of the services with a last day: it lies in the past, and the page still states them.",
        f"SELECT id, ends < {_TODAY} AS fails FROM present WHERE ends IS NOT NULL",
    ),
    Check(
        "rule_ends_before_it_begins",
        "Rule that ends before it begins",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services with a first and a last day: the last comes before the first.",
        "SELECT id, ends < begins AS fails FROM present WHERE begins IS NOT NULL AND ends IS NOT NULL",
    ),
    Check(
        "rule_far_ahead",
        "Rule that begins in more than a year",
        Severity.WARNING,
        Of.SERVICES,
        "Of the services with a first day: it is more than a year away. The year may have been misread.",
        """SELECT id, begins > to_char(%(now)s::timestamptz + interval '1 year', 'YYYY-MM-DD') AS fails FROM present
        WHERE begins IS NOT NULL""",
    ),
    Check(
        "vigil_on_a_weekday",
        "Vigil on a day that has none",
        Severity.WARNING,
        Of.SERVICES,
        "Of the vigils: on no Saturday, no eve of a holy day, and no day of the month.",
        """SELECT id, NOT days && '{SA,HOLYDAY_EVE}' AND month_days = '{}' AS fails FROM present
        WHERE vigil AND days <> '{}'""",
    ),
    Check(
        "service_twice",
        "Same service twice",
        Severity.ERROR,
        Of.SERVICES,
        "Another row of the parish has the same church, type, rule, start, language and note.",
        """SELECT id, count(*) OVER (
            PARTITION BY parish_id, church_id, type, season, start_time, language, note, weeks, anchor, begins, ends,
                CASE WHEN cardinality(days) < 2 THEN days ELSE ARRAY(SELECT unnest(days) ORDER BY 1) END,
                CASE WHEN cardinality(ordinals) < 2 THEN ordinals ELSE ARRAY(SELECT unnest(ordinals) ORDER BY 1) END,
                month_days
        ) > 1 AS fails FROM present""",
    ),
    Check(
        "language_unknown",
        "Language not known",
        Severity.GAP,
        Of.SERVICES,
        "The page suggests another language than English without saying which (`und`).",
        "SELECT id, language = 'und' AS fails FROM present",
    ),
    Check(
        "language_malformed",
        "Malformed language",
        Severity.ERROR,
        Of.SERVICES,
        "No ISO 639 code in small letters, nor several parted by a slash.",
        "SELECT id, language !~ '^[a-z]{2,3}(/[a-z]{2,3})*$' AS fails FROM present",
    ),
    Check(
        "service_without_words",
        "Service that is not said in words",
        Severity.ERROR,
        Of.SERVICES,
        "The sentence that says the service in plain English is empty.",
        "SELECT id, trim(words) = '' AS fails FROM present",
    ),
)
