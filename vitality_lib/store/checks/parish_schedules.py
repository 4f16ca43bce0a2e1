"""The schedule of a parish as a whole."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

_CROWDED = 40
_SUNDAY_MASSES = 15

PARISH_SCHEDULES = (
    Check(
        "no_sunday_mass",
        "Parish without a Sunday Mass",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a Mass: none on Sunday, nor on Saturday as a vigil or from 16:00.",
        """SELECT parish_id AS id,
            NOT bool_or('SU' = ANY(days) OR 'SA' = ANY(days) AND (vigil OR coalesce(start_time >= '16:00', false)))
            AS fails
        FROM present WHERE type = 'mass' GROUP BY parish_id""",
    ),
    Check(
        "parish_without_mass",
        "Services, but no Mass",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with services: none of them is a Mass. Its page may have been missed.",
        "SELECT parish_id AS id, NOT bool_or(type = 'mass') AS fails FROM present GROUP BY parish_id",
    ),
    Check(
        "parish_without_confession",
        "Masses, but no Confession",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with a Mass: no Confession is known, not even by appointment.",
        """SELECT parish_id AS id, NOT bool_or(type = 'confession') AS fails FROM present
        GROUP BY parish_id HAVING bool_or(type = 'mass')""",
    ),
    Check(
        "confession_by_appointment_only",
        "Confession by appointment only",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with Confession: none names a day, so none can be counted in a week.",
        """SELECT parish_id AS id, NOT bool_or(days <> '{}' OR month_days <> '{}') AS fails FROM present
        WHERE type = 'confession' GROUP BY parish_id""",
    ),
    Check(
        "crowded_parish",
        "Unusually many services",
        Severity.WARNING,
        Of.PARISHES,
        f"Of the parishes with services: more than {_CROWDED}. Several parishes' pages may have been mixed up.",
        f"SELECT parish_id AS id, count(*) > {_CROWDED} AS fails FROM present GROUP BY parish_id",
    ),
    Check(
        "sunday_masses_too_many",
        "Unusually many Masses on a Sunday",
        Severity.WARNING,
        Of.PARISHES,
        f"Of the parishes with a Sunday Mass all year: more than {_SUNDAY_MASSES} on every Sunday.",
        f"""SELECT parish_id AS id, count(*) > {_SUNDAY_MASSES} AS fails FROM present
        WHERE type = 'mass' AND 'SU' = ANY(days) AND season IS NULL AND ordinals = '{{}}' GROUP BY parish_id""",
    ),
    Check(
        "only_seasonal_masses",
        "Masses of a season only",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with a Mass: each belongs to a season, or to a stretch of time that is over.",
        """SELECT parish_id AS id,
            bool_and(season IS NOT NULL OR coalesce(ends < to_char(%(now)s::timestamptz, 'YYYY-MM-DD'), false)) AS fails
        FROM present WHERE type = 'mass' GROUP BY parish_id""",
    ),
    Check(
        "contradiction_undecided",
        "Pages that contradict each other",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with services: two pages cannot both be right, no rule decides, and both are published.",
        """SELECT parish_id AS id, EXISTS (
            SELECT FROM schedule_contradictions c WHERE c.parish_id = present.parish_id AND NOT decided
        ) AS fails FROM present GROUP BY parish_id""",
    ),
)
