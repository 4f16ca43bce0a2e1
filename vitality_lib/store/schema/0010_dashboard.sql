-- Reports outlive the pod that made them, so that the dashboard can show them.

ALTER TABLE reports ADD COLUMN page bytea;
COMMENT ON COLUMN reports.page IS 'The report as one HTML page, compressed (zlib); kept of the newest reports only.';

-- Since when a request waits: what the dashboard says of the queue.
ALTER TABLE turns ADD COLUMN asked_at timestamptz NOT NULL DEFAULT clock_timestamp();
COMMENT ON COLUMN turns.asked_at IS 'When it first asked for its turn.';

-- What a person should look at. A condition is told of once, until it is over.
CREATE TABLE alerts (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text NOT NULL
        CHECK (kind IN ('stage_late', 'run_failed', 'task_failed', 'stalled', 'held_for_review', 'ai_budget')),
    subject      text NOT NULL,
    what         text NOT NULL,
    mend         text NOT NULL DEFAULT '',
    detail       jsonb NOT NULL DEFAULT '{}',
    first_seen   timestamptz NOT NULL,
    last_seen    timestamptz NOT NULL,
    announced_at timestamptz,
    sent_at      timestamptz,
    cleared_at   timestamptz
);
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE cleared_at IS NULL;
COMMENT ON TABLE alerts IS 'What a person should look at, or should have: one row for each time that a condition arose.';
COMMENT ON COLUMN alerts.id IS 'Its number.';
COMMENT ON COLUMN alerts.kind IS 'stage_late, run_failed, task_failed, stalled (nothing moved), held_for_review or ai_budget.';
COMMENT ON COLUMN alerts.subject IS 'Whom it is about: a DAG, a task and its diocese, a stage, a diocese, a day.';
COMMENT ON COLUMN alerts.what IS 'What happened, in one line.';
COMMENT ON COLUMN alerts.mend IS 'What to do about it: a command most often.';
COMMENT ON COLUMN alerts.detail IS 'What else is known, as a JSON object: stage, diocese, run, reason, address of the log.';
COMMENT ON COLUMN alerts.first_seen IS 'When the condition was first seen.';
COMMENT ON COLUMN alerts.last_seen IS 'When it was last seen.';
COMMENT ON COLUMN alerts.announced_at IS 'When an event of the Airflow Asset vitality_alerts told of it; NULL: not yet.';
COMMENT ON COLUMN alerts.sent_at IS 'When the receiver of alerts took it; NULL: not yet, or there is none.';
COMMENT ON COLUMN alerts.cleared_at IS 'When it was over; NULL: it is open.';
-- A person looks for parishes by words in any order; accents, dots, commas and apostrophes do not matter.

ALTER TABLE parishes ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (regexp_replace(
    lower(normalize(name || ' ' || coalesce(city, '') || ' ' || coalesce(state, '') || ' ' || coalesce(zip, ''), NFKD)),
    E'[\u0300-\u036f.,''’‘`]', '', 'g')) STORED;
COMMENT ON COLUMN parishes.search IS
    'Name, city, state and ZIP in small letters without accents, dots, commas and apostrophes: what search looks at.';

-- Which address a stored body was read from.
CREATE INDEX pages_body ON pages (body_hash);
