-- Reports outlive the pod that made them, so that the dashboard can show them.

ALTER TABLE reports ADD COLUMN page bytea;
COMMENT ON COLUMN reports.page IS 'The report as one HTML page, compressed (zlib); kept of the newest reports only.';
