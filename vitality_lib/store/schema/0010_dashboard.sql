-- Reports outlive the pod that made them, so that the dashboard can show them.

ALTER TABLE reports ADD COLUMN page bytea;
COMMENT ON COLUMN reports.page IS 'The report as one HTML page, compressed (zlib); kept of the newest reports only.';

-- Since when a request waits: what the dashboard says of the queue.
ALTER TABLE turns ADD COLUMN asked_at timestamptz NOT NULL DEFAULT clock_timestamp();
COMMENT ON COLUMN turns.asked_at IS 'When it first asked for its turn.';
