-- What the dashboard says of each worker beyond that it is alive, and what workers of other systems report.

ALTER TABLE pipeline_workers
    ADD COLUMN pages_done integer NOT NULL DEFAULT 0,
    ADD COLUMN pages_a_minute double precision NOT NULL DEFAULT 0,
    ADD COLUMN errors integer NOT NULL DEFAULT 0,
    ADD COLUMN last_error text,
    ADD COLUMN memory_bytes bigint,
    ADD COLUMN reported boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN pipeline_workers.pages_done IS 'Pages fetched since it started, by HTTP or browser.';
COMMENT ON COLUMN pipeline_workers.pages_a_minute IS 'Pages a minute between its last two heartbeats.';
COMMENT ON COLUMN pipeline_workers.errors IS 'Outcomes of its own making (internal_error) since it started; what websites do is no error.';
COMMENT ON COLUMN pipeline_workers.last_error IS 'The last of them, in one line.';
COMMENT ON COLUMN pipeline_workers.memory_bytes IS 'Memory that it and its browser hold, as of the last heartbeat; NULL where that cannot be told.';
COMMENT ON COLUMN pipeline_workers.reported IS 'Known only from what it posts to the receivers: it writes to no database of ours.';

CREATE TABLE reported_events (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id    uuid UNIQUE,
    protocol    text NOT NULL CHECK (protocol IN ('vitality-1', 'earlier')),
    kind        text NOT NULL,
    worker      text NOT NULL,
    run         text,
    at          timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    data        jsonb NOT NULL
);
CREATE INDEX reported_events_received ON reported_events (received_at);
CREATE INDEX reported_events_of_worker ON reported_events (worker, id DESC);
COMMENT ON TABLE reported_events IS 'What workers posted to the receivers (docs/monitoring.md): the last 10,000 events, for 7 days at most.';
COMMENT ON COLUMN reported_events.id IS 'Counts up in the order of arrival.';
COMMENT ON COLUMN reported_events.event_id IS 'The sender''s id of the event: one that is posted twice is kept once. NULL in the earlier protocol, which has none.';
COMMENT ON COLUMN reported_events.protocol IS 'vitality-1: an event by our schema; earlier: in the shapes of the earlier system.';
COMMENT ON COLUMN reported_events.kind IS 'What it tells: worker, heartbeat, progress, performance, breaker, error, extraction_complete, log; or the earlier path''s last word.';
COMMENT ON COLUMN reported_events.worker IS 'The worker''s name; empty where the earlier protocol names none.';
COMMENT ON COLUMN reported_events.run IS 'The run that it belongs to; NULL where none was named.';
COMMENT ON COLUMN reported_events.at IS 'When it happened, by the sender''s clock; in the earlier protocol when it came.';
COMMENT ON COLUMN reported_events.received_at IS 'When it came, by the database''s clock.';
COMMENT ON COLUMN reported_events.data IS 'The event as it was posted, valid by the schema of its protocol.';
