"""When services begin and end."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

_NEAR = 20  # minutes between two Masses in one church
_LONG_MASS, _LONG_CONFESSION, _SHORT = 180, 360, 10  # minutes

SERVICE_TIMES = (
    Check(
        "service_without_start",
        "Service without a time",
        Severity.WARNING,
        Of.SERVICES,
        "No start is stated, and no note says what it is tied to.",
        "SELECT id, start_time IS NULL AND note IS NULL AS fails FROM present",
    ),
    Check(
        "service_without_end",
        "Confession or Adoration without an end",
        Severity.GAP,
        Of.SERVICES,
        "Of the Confessions and Adorations with a start: no end is stated, so hours cannot be counted.",
        """SELECT id, end_time IS NULL AS fails FROM present
        WHERE type IN ('confession', 'adoration') AND start_time IS NOT NULL""",
    ),
    Check(
        "ends_before_start",
        "Ends before it starts",
        Severity.ERROR,
        Of.SERVICES,
        "Of the services with start and end, Adoration (which may last overnight) left out: the end is not later.",
        "SELECT id, lasts <= 0 AS fails FROM present WHERE type <> 'adoration' AND lasts IS NOT NULL",
    ),
    Check(
        "mass_at_odd_hour",
        "Mass at an odd hour",
        Severity.WARNING,
        Of.SERVICES,
        "Of the Masses with a start: before 5:00 or from 22:00. Often a.m. and p.m. were mixed up.",
        """SELECT id, start_time < '05:00' OR start_time >= '22:00' AS fails FROM present
        WHERE type = 'mass' AND start_time IS NOT NULL""",
    ),
    Check(
        "confession_at_odd_hour",
        "Confession at an odd hour",
        Severity.WARNING,
        Of.SERVICES,
        "Of the Confessions with a start: before 5:00 or from 22:00. Often a.m. and p.m. were mixed up.",
        """SELECT id, start_time < '05:00' OR start_time >= '22:00' AS fails FROM present
        WHERE type = 'confession' AND start_time IS NOT NULL""",
    ),
    Check(
        "vigil_in_the_morning",
        "Vigil before noon",
        Severity.ERROR,
        Of.SERVICES,
        "Of the vigils with a start: it lies before 12:00.",
        "SELECT id, start_time < '12:00' AS fails FROM present WHERE vigil AND start_time IS NOT NULL",
    ),
    Check(
        "mass_very_long",
        "Mass of more than three hours",
        Severity.WARNING,
        Of.SERVICES,
        "Of the Masses with start and end: longer than three hours. Two times may have been read as one stretch.",
        f"SELECT id, lasts > {_LONG_MASS} AS fails FROM present WHERE type = 'mass' AND lasts IS NOT NULL",
    ),
    Check(
        "confession_very_long",
        "Confession of more than six hours",
        Severity.WARNING,
        Of.SERVICES,
        "Of the Confessions with start and end: longer than six hours. Office hours may have been read.",
        f"SELECT id, lasts > {_LONG_CONFESSION} AS fails FROM present WHERE type = 'confession' AND lasts IS NOT NULL",
    ),
    Check(
        "service_very_short",
        "Service of less than ten minutes",
        Severity.WARNING,
        Of.SERVICES,
        "Of the services that end after they start: in less than ten minutes.",
        f"SELECT id, lasts < {_SHORT} AS fails FROM present WHERE lasts > 0",
    ),
    Check(
        "masses_overlap",
        "Masses at nearly the same time in one church",
        Severity.WARNING,
        Of.SERVICES,
        f"Of the Masses of every week with a start: another begins less than {_NEAR} minutes before or after it, on the"
        " same day in the same church. Churches that the page does not name count as one.",
        f"""SELECT id, bool_or(near) AS fails FROM (
            SELECT id, coalesce(starts - lag(starts) OVER day_by_day < {_NEAR}, false)
                OR coalesce(lead(starts) OVER day_by_day - starts < {_NEAR}, false) AS near
            FROM (
                SELECT id, parish_id, church_id, starts, unnest(days) AS day FROM present
                WHERE type = 'mass' AND starts IS NOT NULL AND season IS NULL AND ordinals = '{{}}' AND weeks = 1
                    AND begins IS NULL AND ends IS NULL
            ) AS single
            WINDOW day_by_day AS (PARTITION BY parish_id, church_id, day ORDER BY starts, id)
        ) AS neighbours GROUP BY id""",
    ),
)
