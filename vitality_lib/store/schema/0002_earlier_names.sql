-- Views with the names, columns and types of the earlier system's tables, for its readers. What it recorded and we do
-- not (a deanery, free-text service times, a confidence of a parish record) is NULL of the right type.

CREATE VIEW "Dioceses" AS
SELECT
    dioceses.id,
    dioceses.first_seen AS created_at,
    dioceses.name::varchar AS "Name",
    nullif(concat_ws(', ', street, city, nullif(concat_ws(' ', state, zip), '')), '')::varchar AS "Address",
    website::varchar AS "Website",
    to_char(dioceses.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')::varchar AS extracted_at
FROM dioceses WHERE listed;
COMMENT ON VIEW "Dioceses" IS 'The listed dioceses as the earlier system''s table Dioceses had them.';

CREATE VIEW "DiocesesParishDirectory" AS
SELECT
    dioceses.id,
    coalesce(directories.found_at, dioceses.first_seen) AS created_at,
    dioceses.website::varchar AS diocese_url,
    directories.url::varchar AS parish_directory_url,
    CASE WHEN directories.url IS NOT NULL THEN 'Success' ELSE 'Not Found' END::varchar AS found,
    CASE WHEN directories.url IS NOT NULL THEN 'scored_link' ELSE last.reason END::varchar AS found_method,
    to_char(
        coalesce(last.finished_at, directories.changed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'
    )::varchar AS updated_at,
    dioceses.id::integer AS diocese_id,
    extraction.visited_at AS last_extraction_attempt_at,
    coalesce(last.reason IN ('blocked', 'robots_disallowed'), false) AS is_blocked,
    CASE WHEN last.reason IN ('blocked', 'robots_disallowed') THEN last.reason END AS blocking_type,
    NULL::jsonb AS blocking_evidence,
    NULL::integer AS status_code,
    NULL::jsonb AS robots_txt_check,
    true AS respectful_automation_used,
    last.detail AS status_description
FROM dioceses
LEFT JOIN directories ON directories.diocese_id = dioceses.id
LEFT JOIN visits AS extraction ON extraction.stage = 'extraction' AND extraction.unit_kind = 'diocese'
    AND extraction.unit_id = dioceses.id
LEFT JOIN LATERAL (
    SELECT reason, detail, finished_at FROM outcomes
    WHERE stage = 'discovery' AND unit_kind = 'diocese' AND unit_id = dioceses.id
    ORDER BY finished_at DESC LIMIT 1
) AS last ON true
WHERE dioceses.listed AND (directories.url IS NOT NULL OR last.reason IS NOT NULL);
COMMENT ON VIEW "DiocesesParishDirectory" IS 'The parish directory of each diocese that was searched, as the earlier system''s table DiocesesParishDirectory had it.';

CREATE VIEW "Parishes" AS
SELECT
    parishes.id,
    parishes.first_seen AS created_at,
    parishes.name::varchar AS "Name",
    NULL::varchar AS "Status",
    NULL::varchar AS "Deanery",
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

-- The earlier system kept one row for each parish and kind of schedule, in its table ParishData.
CREATE VIEW "ParishSchedules" AS
SELECT
    min(services.id) AS id,
    services.parish_id,
    CASE services.type
        WHEN 'mass' THEN 'MassSchedule'
        WHEN 'confession' THEN 'ReconciliationSchedule'
        WHEN 'adoration' THEN 'AdorationSchedule'
        ELSE 'OtherDevotionSchedule'
    END AS fact_type,
    string_agg(services.words, '; ' ORDER BY services.id) AS fact_value,
    (array_agg(proof.url ORDER BY services.id) FILTER (WHERE proof.url IS NOT NULL))[1] AS fact_source_url,
    min(services.valid_from) AS created_at,
    max(services.valid_from) AS updated_at,
    string_agg(proof.quote, E'\n' ORDER BY services.id) AS fact_string,
    round(100 * avg(proof.confidence))::integer AS confidence_score,
    (array_agg(proof.method ORDER BY services.id) FILTER (WHERE proof.method IS NOT NULL))[1] AS extraction_method,
    NULL::jsonb AS ai_structured_data
FROM services
JOIN parishes ON parishes.id = services.parish_id AND parishes.gone_at IS NULL
LEFT JOIN LATERAL (
    SELECT url, quote, confidence, method FROM evidence WHERE service_id = services.id ORDER BY evidence.id LIMIT 1
) AS proof ON true
WHERE services.valid_to IS NULL
GROUP BY services.parish_id, services.type;
COMMENT ON VIEW "ParishSchedules" IS 'One row for each parish and kind of service, as the earlier system''s table of schedules (ParishData) had it.';
