-- What the dashboard says of each worker beyond that it is alive, and what workers of other systems report.

ALTER TABLE pipeline_workers
    ADD COLUMN pages_done integer NOT NULL DEFAULT 0,
    ADD COLUMN pages_a_minute double precision NOT NULL DEFAULT 0,
    ADD COLUMN errors integer NOT NULL DEFAULT 0,
    ADD COLUMN last_error text,
    ADD COLUMN memory_bytes bigint;
COMMENT ON COLUMN pipeline_workers.pages_done IS 'Pages fetched since it started, by HTTP or browser.';
COMMENT ON COLUMN pipeline_workers.pages_a_minute IS 'Pages a minute between its last two heartbeats.';
COMMENT ON COLUMN pipeline_workers.errors IS 'Outcomes of its own making (internal_error) since it started; what websites do is no error.';
COMMENT ON COLUMN pipeline_workers.last_error IS 'The last of them, in one line.';
COMMENT ON COLUMN pipeline_workers.memory_bytes IS 'Memory that it and its browser hold, as of the last heartbeat; NULL where that cannot be told.';
