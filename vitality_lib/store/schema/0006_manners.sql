-- Turns without crowded polling, breakers with one probe.

-- robots.txt: one reader for the whole fleet. Pages: what they ask of crawlers, themselves.

CREATE TABLE robots_readings (
    origin          text PRIMARY KEY,
    holder          uuid NOT NULL,
    lapses_at       timestamptz NOT NULL
);
COMMENT ON TABLE robots_readings IS 'Who of the fleet is asking for the robots.txt of an origin just now; the others wait for what it learns.';
COMMENT ON COLUMN robots_readings.origin IS 'Scheme, host and port: https://www.parish.example.';
COMMENT ON COLUMN robots_readings.holder IS 'Random id of the one that asks.';
COMMENT ON COLUMN robots_readings.lapses_at IS 'When that one is taken for dead, unless it says before that it still asks.';

ALTER TABLE pages ADD COLUMN nofollow boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN pages.nofollow IS 'Whether the page asks that none of its links be followed (robots meta tag or X-Robots-Tag).';

ALTER TABLE page_bodies ALTER COLUMN body DROP NOT NULL;
COMMENT ON COLUMN page_bodies.body IS 'The body, compressed; NULL when the page asks that no copy be kept (noarchive, nosnippet).';
