-- What was published on an earlier day can be given again.
-- Parishes and dioceses are overwritten in place: triggers keep what stood there. They fire once a statement, not once a
-- row, so that publishing thousands costs one statement more. Services end and begin by themselves (valid_from, valid_to).

CREATE TABLE parish_versions (
    parish_id   bigint NOT NULL REFERENCES parishes (id) ON DELETE CASCADE,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz,
    diocese_id  bigint NOT NULL,
    name        text NOT NULL,
    street      text,
    city        text,
    state       text,
    zip         text,
    phone       text,
    email       text,
    website     text,
    pastor      text,
    latitude    double precision,
    longitude   double precision,
    detail_url  text,
    deanery     text,
    rite        text,
    languages   text[] NOT NULL,
    churches    text[] NOT NULL,
    status      text NOT NULL,
    closed_on   text,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (parish_id, valid_from)
);
COMMENT ON TABLE parish_versions IS 'What was published of a parish, and from when to when; written by triggers on parishes. What was before the first version is not known.';
COMMENT ON COLUMN parish_versions.parish_id IS 'The parish.';
COMMENT ON COLUMN parish_versions.valid_from IS 'From when on this was published.';
COMMENT ON COLUMN parish_versions.valid_to IS 'From when on it was no more; NULL while it is.';
COMMENT ON COLUMN parish_versions.diocese_id IS 'The diocese it belonged to.';
COMMENT ON COLUMN parish_versions.name IS 'parishes.name as it stood then; so with all columns below.';
COMMENT ON COLUMN parish_versions.street IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.city IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.state IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.zip IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.phone IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.email IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.website IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.pastor IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.latitude IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.longitude IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.detail_url IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.deanery IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.rite IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.languages IS 'As they stood then.';
COMMENT ON COLUMN parish_versions.churches IS 'As they stood then.';
COMMENT ON COLUMN parish_versions.status IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.closed_on IS 'As it stood then.';
COMMENT ON COLUMN parish_versions.changed_at IS 'As it stood then.';

CREATE TABLE diocese_versions (
    diocese_id  bigint NOT NULL REFERENCES dioceses (id) ON DELETE CASCADE,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz,
    name        text NOT NULL,
    state       text,
    PRIMARY KEY (diocese_id, valid_from)
);
COMMENT ON TABLE diocese_versions IS 'Name and state of a diocese, and from when to when; written by triggers on dioceses.';
COMMENT ON COLUMN diocese_versions.diocese_id IS 'The diocese.';
COMMENT ON COLUMN diocese_versions.valid_from IS 'From when on; -infinity for the first that is known, which is taken for the time before, too.';
COMMENT ON COLUMN diocese_versions.valid_to IS 'From when on no more; NULL while it is so.';
COMMENT ON COLUMN diocese_versions.name IS 'dioceses.name as it stood then.';
COMMENT ON COLUMN diocese_versions.state IS 'dioceses.state as it stood then.';

CREATE TABLE service_wordings (
    service_id  bigint NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    valid_to    timestamptz NOT NULL,
    words       text NOT NULL,
    evidence    jsonb NOT NULL,
    PRIMARY KEY (service_id, valid_to)
);
COMMENT ON TABLE service_wordings IS 'What stood with a service before its words or its evidence were written anew.';
COMMENT ON COLUMN service_wordings.service_id IS 'The service.';
COMMENT ON COLUMN service_wordings.valid_to IS 'Until when this stood.';
COMMENT ON COLUMN service_wordings.words IS 'The service in plain English, as it stood then.';
COMMENT ON COLUMN service_wordings.evidence IS 'Its evidence, as it stood then: a list of records, the surest first.';

CREATE FUNCTION begin_parish_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO parish_versions
    SELECT id, changed_at, NULL, diocese_id, name, street, city, state, zip, phone, email, website, pastor, latitude,
        longitude, detail_url, deanery, rite, languages, churches, status, closed_on, changed_at
    FROM new_rows WHERE gone_at IS NULL;
    RETURN NULL;
END $$;

-- The moment of a change is the one that its writer names (changed_at, gone_at), else that of the transaction; it never
-- lies before what is known, whatever the clock of the writer. Of two changes at one moment the second counts.
CREATE FUNCTION keep_parish_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH changed AS (
        SELECT fresh.*, CASE
            WHEN fresh.gone_at IS NOT NULL AND before.gone_at IS NULL THEN fresh.gone_at
            WHEN fresh.changed_at <> before.changed_at THEN fresh.changed_at
            ELSE now()
        END AS moment
        FROM new_rows AS fresh JOIN old_rows AS before USING (id)
        WHERE (before.diocese_id, before.name, before.street, before.city, before.state, before.zip, before.phone,
            before.email, before.website, before.pastor, before.latitude, before.longitude, before.detail_url,
            before.deanery, before.rite, before.languages, before.churches, before.status, before.closed_on,
            before.changed_at, before.gone_at IS NULL)
        IS DISTINCT FROM (fresh.diocese_id, fresh.name, fresh.street, fresh.city, fresh.state, fresh.zip, fresh.phone,
            fresh.email, fresh.website, fresh.pastor, fresh.latitude, fresh.longitude, fresh.detail_url, fresh.deanery,
            fresh.rite, fresh.languages, fresh.churches, fresh.status, fresh.closed_on, fresh.changed_at,
            fresh.gone_at IS NULL)
    ), known AS (
        SELECT parish_id, max(coalesce(valid_to, valid_from)) AS latest
        FROM parish_versions WHERE parish_id IN (SELECT id FROM changed) GROUP BY parish_id
    ), ended AS (
        UPDATE parish_versions AS version SET valid_to = greatest(changed.moment, version.valid_from)
        FROM changed
        WHERE version.parish_id = changed.id AND version.valid_to IS NULL
            AND (changed.gone_at IS NOT NULL OR version.valid_from < changed.moment)
    )
    INSERT INTO parish_versions
    SELECT id, greatest(moment, known.latest), NULL, diocese_id, name, street, city, state, zip, phone, email, website,
        pastor, latitude, longitude, detail_url, deanery, rite, languages, churches, status, closed_on, changed_at
    FROM changed LEFT JOIN known ON known.parish_id = changed.id WHERE gone_at IS NULL
    ON CONFLICT (parish_id, valid_from) DO UPDATE SET
        valid_to = NULL, diocese_id = excluded.diocese_id, name = excluded.name, street = excluded.street,
        city = excluded.city, state = excluded.state, zip = excluded.zip, phone = excluded.phone, email = excluded.email,
        website = excluded.website, pastor = excluded.pastor, latitude = excluded.latitude,
        longitude = excluded.longitude, detail_url = excluded.detail_url, deanery = excluded.deanery,
        rite = excluded.rite, languages = excluded.languages, churches = excluded.churches, status = excluded.status,
        closed_on = excluded.closed_on, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;

CREATE TRIGGER parishes_begin AFTER INSERT ON parishes
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION begin_parish_versions();
CREATE TRIGGER parishes_change AFTER UPDATE ON parishes
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_parish_versions();

CREATE FUNCTION begin_diocese_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO diocese_versions SELECT id, '-infinity', NULL, name, state FROM new_rows;
    RETURN NULL;
END $$;

CREATE FUNCTION keep_diocese_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH changed AS (
        SELECT fresh.id, fresh.name, fresh.state, greatest(began.at, CASE
            WHEN fresh.changed_at <> before.changed_at THEN fresh.changed_at ELSE now()
        END) AS moment
        FROM new_rows AS fresh JOIN old_rows AS before USING (id)
        JOIN (SELECT diocese_id AS id, max(valid_from) AS at FROM diocese_versions GROUP BY 1) AS began USING (id)
        WHERE (before.name, before.state) IS DISTINCT FROM (fresh.name, fresh.state)
    ), ended AS (
        UPDATE diocese_versions AS version SET valid_to = changed.moment FROM changed
        WHERE version.diocese_id = changed.id AND version.valid_to IS NULL AND version.valid_from < changed.moment
    )
    INSERT INTO diocese_versions SELECT id, moment, NULL, name, state FROM changed
    ON CONFLICT (diocese_id, valid_from) DO UPDATE SET name = excluded.name, state = excluded.state;
    RETURN NULL;
END $$;

CREATE TRIGGER dioceses_begin AFTER INSERT ON dioceses
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION begin_diocese_versions();
CREATE TRIGGER dioceses_change AFTER UPDATE ON dioceses
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_diocese_versions();

-- What is published when this step is taken has been so since it last changed; what was before is not known.
INSERT INTO parish_versions
SELECT id, changed_at, NULL, diocese_id, name, street, city, state, zip, phone, email, website, pastor, latitude,
    longitude, detail_url, deanery, rite, languages, churches, status, closed_on, changed_at
FROM parishes WHERE gone_at IS NULL;
INSERT INTO diocese_versions SELECT id, '-infinity', NULL, name, state FROM dioceses;
