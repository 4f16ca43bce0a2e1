"""Where parishes stand on the map."""

from __future__ import annotations

from vitality_lib.store.checks.check import Check, Of, Severity

_LOCATED = "FROM published WHERE latitude IS NOT NULL AND longitude IS NOT NULL"

# South, north, west, east in degrees: the contiguous states, Alaska (on both sides of 180), Hawaii, Puerto Rico and the
# Virgin Islands, Guam and the Northern Marianas, American Samoa.
_UNITED_STATES = (
    (24.3, 49.5, -125.0, -66.8),
    (51.0, 71.6, -180.0, -129.9),
    (51.0, 71.6, 172.0, 180.0),
    (18.8, 22.4, -160.7, -154.6),
    (17.6, 18.6, -67.4, -64.5),
    (13.1, 20.7, 144.5, 146.2),
    (-14.7, -10.9, -171.3, -168.0),
)
_INSIDE = " OR ".join(
    f"latitude BETWEEN {south} AND {north} AND longitude BETWEEN {west} AND {east}"
    for south, north, west, east in _UNITED_STATES
)
# Kilometres from the middle of the diocese's parishes; a degree of longitude shrinks with the latitude.
_FROM_THE_MIDDLE = f"""
    SELECT id, diocese_id, parishes, 111 * sqrt(
        (latitude - middle_latitude) ^ 2 + ((longitude - middle_longitude) * cos(radians(middle_latitude))) ^ 2
    ) AS away
    FROM published JOIN (
        SELECT diocese_id, count(*) AS parishes,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY latitude) AS middle_latitude,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY longitude) AS middle_longitude
        {_LOCATED} GROUP BY diocese_id
    ) AS middles USING (diocese_id)
    WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND parishes >= 5
"""

COORDINATES = (
    Check(
        "parish_without_coordinates",
        "Parish without coordinates",
        Severity.GAP,
        Of.PARISHES,
        "Latitude or longitude is not known.",
        "SELECT id, latitude IS NULL OR longitude IS NULL AS fails FROM published",
    ),
    Check(
        "coordinates_outside_us",
        "Coordinates outside the United States",
        Severity.ERROR,
        Of.PARISHES,
        "Of the parishes with coordinates: in no state or territory, by generous rectangles.",
        f"SELECT id, NOT ({_INSIDE}) AS fails {_LOCATED}",
    ),
    Check(
        "coordinates_shared",
        "Coordinates shared in a diocese",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with coordinates: another of the diocese stands at the very same point.",
        f"SELECT id, count(*) OVER (PARTITION BY diocese_id, latitude, longitude) > 1 AS fails {_LOCATED}",
    ),
    Check(
        "coordinates_far_off",
        "Coordinates far from the diocese's other parishes",
        Severity.WARNING,
        Of.PARISHES,
        "Of the parishes with coordinates in dioceses that have five or more such: further from the middle of all than"
        " 150 km, and than six times the distance of the diocese's median parish.",
        f"""SELECT id, away > greatest(150, 6 * usual) AS fails FROM ({_FROM_THE_MIDDLE}) AS one JOIN (
            SELECT diocese_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY away) AS usual
            FROM ({_FROM_THE_MIDDLE}) AS every GROUP BY diocese_id
        ) AS usually USING (diocese_id)""",
    ),
    Check(
        "coordinates_rough",
        "Rough coordinates",
        Severity.GAP,
        Of.PARISHES,
        "Of the parishes with coordinates: both have two decimals at most, so the place is a kilometre or more off.",
        f"""SELECT id, latitude::numeric = round(latitude::numeric, 2)
            AND longitude::numeric = round(longitude::numeric, 2) AS fails {_LOCATED}""",
    ),
)
