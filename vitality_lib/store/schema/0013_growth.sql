-- What is kept, and for how long.

-- Bodies come compressed: PostgreSQL need not try again.
ALTER TABLE page_bodies ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE reports ALTER COLUMN page SET STORAGE EXTERNAL;

-- Since when nothing has a body any more is what its retention counts from.
ALTER TABLE page_bodies ADD COLUMN left_at timestamptz;
COMMENT ON COLUMN page_bodies.left_at IS 'When a page last ceased to have this body; NULL: never. Another page, or evidence, may still have it.';
UPDATE page_bodies SET left_at = now() WHERE NOT EXISTS (SELECT FROM pages WHERE body_hash = hash);
CREATE INDEX page_bodies_left ON page_bodies (left_at) WHERE left_at IS NOT NULL;

CREATE FUNCTION note_left_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE page_bodies SET left_at = now() WHERE hash = OLD.body_hash;
    RETURN NULL;
END $$;
CREATE TRIGGER pages_body_changed AFTER UPDATE OF body_hash ON pages FOR EACH ROW
    WHEN (OLD.body_hash IS DISTINCT FROM NEW.body_hash) EXECUTE FUNCTION note_left_body();
CREATE TRIGGER pages_body_left AFTER DELETE ON pages FOR EACH ROW EXECUTE FUNCTION note_left_body();

-- Who refers to a body: asked before it goes.
CREATE INDEX evidence_page ON evidence (page_hash);
CREATE INDEX schedule_pages_page ON schedule_pages (page_hash);
CREATE INDEX parishes_page ON parishes (page_hash);
CREATE INDEX service_wordings_evidence ON service_wordings USING gin (evidence jsonb_path_ops);

CREATE TABLE report_sizes (
    report_id   bigint NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    kind        text NOT NULL,
    bytes       bigint NOT NULL,
    PRIMARY KEY (report_id, kind)
);
COMMENT ON TABLE report_sizes IS 'How large the database was when a report was made: what the forecast reckons from.';
COMMENT ON COLUMN report_sizes.report_id IS 'The report.';
COMMENT ON COLUMN report_sizes.kind IS 'bodies, pages, facts, history, ledger or rest.';
COMMENT ON COLUMN report_sizes.bytes IS 'Bytes of its tables with their indexes.';
