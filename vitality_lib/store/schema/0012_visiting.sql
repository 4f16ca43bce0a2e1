-- What a short visit must know.

CREATE TABLE whole_visits (
    stage       text NOT NULL,
    unit_kind   text NOT NULL CHECK (unit_kind IN ('diocese', 'parish')),
    unit_id     bigint NOT NULL,
    visited_at  timestamptz NOT NULL,
    basis       text NOT NULL,
    reason      text NOT NULL,
    detail      text NOT NULL,
    facts       integer NOT NULL,
    pages       jsonb NOT NULL,
    PRIMARY KEY (stage, unit_kind, unit_id)
);
COMMENT ON TABLE whole_visits IS 'The last whole visit of each unit whose reading stands as long as a few pages do; none where every visit is whole.';
COMMENT ON COLUMN whole_visits.stage IS 'discovery, extraction or schedule.';
COMMENT ON COLUMN whole_visits.unit_kind IS 'diocese or parish.';
COMMENT ON COLUMN whole_visits.unit_id IS 'Id of the diocese or parish.';
COMMENT ON COLUMN whole_visits.visited_at IS 'When it was made.';
COMMENT ON COLUMN whole_visits.basis IS 'Hash of what a reading depends on beside pages: the version of the readers, the address to begin with, settings.';
COMMENT ON COLUMN whole_visits.reason IS 'What it ended in.';
COMMENT ON COLUMN whole_visits.detail IS 'The same in one line for a person.';
COMMENT ON COLUMN whole_visits.facts IS 'How many parishes or services it found.';
COMMENT ON COLUMN whole_visits.pages IS 'The pages that its reading rests on: [{url, final, purpose, body, hash}], final its last address, hash being the SHA-256 of what HTTP gave.';
