-- What directories say beyond an address: deanery, rite, languages, churches, whether a parish lives; and what people decide.

ALTER TABLE parishes
    ADD COLUMN deanery text,
    ADD COLUMN rite text,
    ADD COLUMN languages text[] NOT NULL DEFAULT '{}',
    ADD COLUMN churches text[] NOT NULL DEFAULT '{}',
    ADD COLUMN status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'merged', 'closed')),
    ADD COLUMN closed_on text CHECK (closed_on ~ '^\d{4}(-\d\d){0,2}$');
COMMENT ON COLUMN parishes.deanery IS 'Deanery or vicariate, as the directory says it.';
COMMENT ON COLUMN parishes.rite IS 'Rite, as the directory says it.';
COMMENT ON COLUMN parishes.languages IS 'Languages of the parish: ISO 639 codes.';
COMMENT ON COLUMN parishes.churches IS 'Worship sites that the directory names for the parish.';
COMMENT ON COLUMN parishes.status IS 'open, merged or closed, as the directory says it.';
COMMENT ON COLUMN parishes.closed_on IS 'Since when merged or closed, as exact as the directory is: 2019, 2019-06 or 2019-06-30.';

CREATE TABLE directory_overrides (
    diocese_id  bigint PRIMARY KEY REFERENCES dioceses (id),
    url         text NOT NULL,
    why         text NOT NULL,
    set_by      text NOT NULL,
    set_at      timestamptz NOT NULL,
    expires_at  timestamptz,
    used_at     timestamptz
);
COMMENT ON TABLE directory_overrides IS 'Parish directories that a person named: they win over what discovery would choose, until they expire.';
COMMENT ON COLUMN directory_overrides.diocese_id IS 'The diocese.';
COMMENT ON COLUMN directory_overrides.url IS 'Address of the directory.';
COMMENT ON COLUMN directory_overrides.why IS 'Why, in one line.';
COMMENT ON COLUMN directory_overrides.set_by IS 'Who named it.';
COMMENT ON COLUMN directory_overrides.set_at IS 'When.';
COMMENT ON COLUMN directory_overrides.expires_at IS 'From when on it counts no more; NULL: never.';
COMMENT ON COLUMN directory_overrides.used_at IS 'When discovery last used it.';

ALTER TABLE reviews ADD COLUMN page_hash text;
COMMENT ON COLUMN reviews.page_hash IS 'Hash of the page that the held-back reading was read from.';

DROP VIEW "Parishes";
CREATE VIEW "Parishes" AS
SELECT
    parishes.id,
    parishes.first_seen AS created_at,
    parishes.name::varchar AS "Name",
    initcap(parishes.status)::varchar AS "Status",
    parishes.deanery::varchar AS "Deanery",
    parishes.street::varchar AS "Street Address",
    parishes.city::varchar AS "City",
    parishes.state::varchar AS "State",
    parishes.zip::varchar AS "Zip Code",
    parishes.phone::varchar AS "Phone Number",
    parishes.website::varchar AS "Web",
    dioceses.website::varchar AS diocese_url,
    directories.url::varchar AS parish_directory_url,
    parishes.platform::varchar AS extraction_method,
    NULL::real AS confidence_score,
    to_char(
        coalesce(extraction.good_at, parishes.changed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'
    )::varchar AS extracted_at,
    parishes.detail_url AS parish_detail_url,
    nullif(
        concat_ws(', ', parishes.street, parishes.city, nullif(concat_ws(' ', parishes.state, parishes.zip), '')), ''
    ) AS full_address,
    parishes.pastor AS clergy_info,
    spoken.words AS service_times,
    parishes.detail_url IS NOT NULL AS detail_extraction_success,
    NULL::text AS detail_extraction_error,
    parishes.latitude,
    parishes.longitude,
    parishes.diocese_id,
    coalesce(last.reason IN ('blocked', 'robots_disallowed'), false) AS is_blocked,
    CASE WHEN last.reason IN ('blocked', 'robots_disallowed') THEN last.reason END AS blocking_type,
    NULL::jsonb AS blocking_evidence,
    NULL::integer AS status_code,
    NULL::jsonb AS robots_txt_check,
    true AS respectful_automation_used,
    last.detail AS status_description
FROM parishes
JOIN dioceses ON dioceses.id = parishes.diocese_id
LEFT JOIN directories ON directories.diocese_id = parishes.diocese_id
LEFT JOIN visits AS extraction ON extraction.stage = 'extraction' AND extraction.unit_kind = 'diocese'
    AND extraction.unit_id = parishes.diocese_id
LEFT JOIN LATERAL (
    SELECT string_agg(words, '; ' ORDER BY services.id) AS words FROM services
    WHERE services.parish_id = parishes.id AND valid_to IS NULL
) AS spoken ON true
LEFT JOIN LATERAL (
    SELECT reason, detail FROM outcomes
    WHERE stage = 'schedule' AND unit_kind = 'parish' AND unit_id = parishes.id
    ORDER BY finished_at DESC LIMIT 1
) AS last ON true
WHERE parishes.gone_at IS NULL;
COMMENT ON VIEW "Parishes" IS 'The published parishes as the earlier system''s table Parishes had them.';
