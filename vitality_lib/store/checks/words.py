"""The words that the SQL of checks is written in, and how a row is named for a person."""

from __future__ import annotations

from vitality_lib.store.checks.check import Of

# `published` parishes, the services that are `present` (minutes after midnight in `starts`, minutes long in `lasts`),
# the dioceses `listed`, the `newest` outcome of each unit, the pieces of evidence `behind` present services, and the
# host names of the published parishes' websites in `sites`. Each is inlined where it is used, and costs nothing else.
WORDS = r"""
published AS NOT MATERIALIZED (
    SELECT p.*, d.name AS diocese, d.state AS diocese_state, d.website AS diocese_website, d.listed
    FROM parishes p JOIN dioceses d ON d.id = p.diocese_id WHERE p.gone_at IS NULL
),
present AS NOT MATERIALIZED (
    SELECT s.*, p.diocese_id, left(start_time, 2)::int * 60 + right(start_time, 2)::int AS starts,
        left(end_time, 2)::int * 60 + right(end_time, 2)::int + 1440 * nights
            - left(start_time, 2)::int * 60 - right(start_time, 2)::int AS lasts
    FROM services s JOIN parishes p ON p.id = s.parish_id AND p.gone_at IS NULL WHERE s.valid_to IS NULL
),
listed AS NOT MATERIALIZED (SELECT * FROM dioceses WHERE listed),
newest AS NOT MATERIALIZED (
    SELECT DISTINCT ON (stage, unit_kind, unit_id) stage, unit_kind, unit_id, reason, facts, finished_at
    FROM outcomes ORDER BY stage, unit_kind, unit_id, finished_at DESC
),
behind AS NOT MATERIALIZED (
    SELECT e.*, s.parish_id, s.type, s.start_time FROM evidence e JOIN present s ON s.id = e.service_id
),
sites AS NOT MATERIALIZED (
    SELECT id, diocese_id, lower(substring(website FROM '^[A-Za-z]+://(?:www\.)?([^/:?#]+)')) AS host,
        trim(TRAILING '/' FROM lower(regexp_replace(website, '^[A-Za-z]+://(www\.)?', ''))) AS bare
    FROM parishes WHERE gone_at IS NULL AND website IS NOT NULL
)
"""

# A row by its id, as texts: what it is, of which parish, of which diocese.
NAMED = {
    Of.PARISHES: "SELECT p.id, ARRAY[p.name, d.name] FROM parishes p JOIN dioceses d ON d.id = p.diocese_id"
    " WHERE p.id = ANY(%s) ORDER BY p.id",
    Of.SERVICES: "SELECT s.id, ARRAY[s.words, p.name, d.name] FROM services s JOIN parishes p ON p.id = s.parish_id"
    " JOIN dioceses d ON d.id = p.diocese_id WHERE s.id = ANY(%s) ORDER BY s.id",
    Of.DIOCESES: "SELECT id, ARRAY[name] FROM dioceses WHERE id = ANY(%s) ORDER BY id",
    Of.CHURCHES: "SELECT c.id, ARRAY[c.name, p.name, d.name] FROM churches c JOIN parishes p ON p.id = c.parish_id"
    " JOIN dioceses d ON d.id = p.diocese_id WHERE c.id = ANY(%s) ORDER BY c.id",
    Of.CORRECTIONS: "SELECT c.id, ARRAY['No. ' || c.id, p.name, d.name] FROM service_corrections c"
    " JOIN parishes p ON p.id = c.parish_id JOIN dioceses d ON d.id = p.diocese_id WHERE c.id = ANY(%s) ORDER BY c.id",
    Of.VISITS: "SELECT unit_id, ARRAY[stage || ' of ' || unit_kind || ' ' || unit_id] FROM visits"
    " WHERE unit_id = ANY(%s) AND unit_kind <> 'stage' ORDER BY unit_id",
}
