-- Turns without crowded polling, breakers with one probe.

ALTER TABLE hosts ADD COLUMN answer_seconds double precision NOT NULL DEFAULT 0.2;
COMMENT ON COLUMN hosts.answer_seconds IS 'How long its answers take, a running mean: those who wait for a shared key learn from it when to ask again.';
COMMENT ON COLUMN hosts.open_until IS 'In the future: the breaker is open, no requests. In the past: half-open, one probe. -infinity: closed.';
COMMENT ON COLUMN turns.keys IS 'What the host shares with others: its registrable domain (domain:), its networks (net:), its hosting platform (platform:). In flight are counted per key.';
COMMENT ON COLUMN turns.ready_at IS 'When the host itself would have it at the earliest, as far as could be told when it last asked.';

-- Rows come and go with every request: room for the next version of a row on its own page, dead ones swept up soon.
ALTER TABLE turns SET (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
ALTER INDEX turns_keys SET (fastupdate = off);

-- Seconds until a key has room for who came as number `mine`, as far as can be told; 0: it has room now.
-- Those in flight count, and those who came before and only wait for this. One in flight longer than usual is expected
-- to take a quarter longer still, so that who waits for it asks ever more seldom.
CREATE FUNCTION seconds_until_room(key text, my_host text, mine bigint, most integer, moment timestamptz)
RETURNS double precision LANGUAGE sql STABLE AS $$
    WITH sharing AS (
        SELECT turns.host, turns.taken_at, hosts.answer_seconds,
            extract(epoch FROM moment - turns.taken_at)::double precision AS elapsed,
            turns.ticket < mine AND greatest(turns.ready_at, hosts.next_at) <= moment AS before_me
        FROM turns JOIN hosts USING (host)
        WHERE turns.keys @> ARRAY[key] AND turns.host <> my_host AND turns.lapses_at > moment
    ),
    flying AS (
        SELECT host, greatest(answer_seconds - elapsed, elapsed / 4, 0.01) AS seconds,
            row_number() OVER (ORDER BY greatest(answer_seconds - elapsed, elapsed / 4, 0.01)) AS place
        FROM sharing WHERE taken_at IS NOT NULL
    ),
    crowd AS (
        SELECT count(DISTINCT host) FILTER (WHERE taken_at IS NOT NULL) AS in_flight,
            count(DISTINCT host) FILTER (WHERE taken_at IS NOT NULL OR before_me) - most + 1 AS too_many,
            avg(answer_seconds) AS answer_seconds
        FROM sharing
    )
    SELECT CASE WHEN too_many <= 0 THEN 0
        WHEN too_many <= in_flight THEN (SELECT seconds FROM flying WHERE place = too_many)
        ELSE coalesce((SELECT max(seconds) FROM flying), 0) + (too_many - in_flight) * greatest(answer_seconds, 0.02) / most
        END
    FROM crowd
$$;

-- One short call for a request: takes the turn, or says when to ask again (with the same holder, which keeps its place in
-- the queue). What it says of the host is the least that may be: a held host cannot be free before its rest is over.
-- `at` is the moment that is taken for now; NULL: now.
DROP FUNCTION take_turn(uuid, text, text[], double precision, double precision, integer);
CREATE FUNCTION take_turn(
    my_holder uuid, my_host text, my_keys text[], gap double precision, lease double precision, most integer, at timestamptz,
    OUT verdict text, OUT seconds double precision, OUT host_failures integer, OUT shut_reason text
) LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
    place hosts%ROWTYPE;
    mine bigint;
    held boolean;
    ahead integer;
    ready timestamptz;
BEGIN
    -- Whoever asks for the same host or key asks one after the other. Sorted, so that nobody can deadlock.
    PERFORM pg_advisory_xact_lock(lock) FROM (
        SELECT DISTINCT hashtextextended(key, 0) AS lock FROM unnest(my_keys || my_host) AS key ORDER BY 1
    ) AS locks;
    moment := coalesce(at, clock_timestamp());
    -- Another who shares another key with the silent may be sweeping them away just now: neither waits for the other.
    DELETE FROM turns WHERE holder IN (
        SELECT holder FROM turns WHERE lapses_at <= moment AND (host = my_host OR keys && my_keys) FOR UPDATE SKIP LOCKED
    );
    SELECT ticket INTO mine FROM turns WHERE holder = my_holder;
    mine := coalesce(mine, 9223372036854775807);
    SELECT coalesce(bool_or(taken_at IS NOT NULL), false), count(*) FILTER (WHERE taken_at IS NULL AND ticket < mine)
        INTO held, ahead FROM turns WHERE host = my_host AND holder <> my_holder AND lapses_at > moment;
    -- After the turns: who gave a turn back since has written when the host may be asked next.
    INSERT INTO hosts (host) VALUES (my_host) ON CONFLICT DO NOTHING;
    SELECT * INTO place FROM hosts WHERE host = my_host;
    host_failures := place.failures;
    IF place.open_until > moment OR (place.open_until > '-infinity' AND (held OR ahead > 0)) THEN
        DELETE FROM turns WHERE holder = my_holder;
        verdict := 'shut';
        seconds := greatest(extract(epoch FROM place.open_until - moment), 0);
        shut_reason := place.open_reason;
        RETURN;
    END IF;
    ready := greatest(place.next_at, place.ended_at + make_interval(secs => gap), moment);
    IF held THEN
        ready := greatest(ready, moment + make_interval(secs => gap));
    END IF;
    ready := ready + make_interval(secs => ahead * gap);
    verdict := 'wait';
    seconds := extract(epoch FROM ready - moment);
    IF NOT held AND ahead = 0 AND seconds <= 0 THEN
        SELECT coalesce(max(seconds_until_room(key, my_host, mine, most, moment)), 0) INTO seconds FROM unnest(my_keys) AS key;
        verdict := CASE WHEN seconds <= 0 THEN 'taken' ELSE 'wait' END;
    END IF;
    seconds := CASE WHEN verdict = 'taken' THEN 0 ELSE greatest(seconds, 0.01) END;
    INSERT INTO turns (holder, host, keys, ready_at, taken_at, lapses_at)
    VALUES (
        my_holder, my_host, my_keys, ready, CASE WHEN verdict = 'taken' THEN moment END,
        moment + make_interval(secs => CASE WHEN verdict = 'taken' THEN lease ELSE seconds + 10 END)
    )
    ON CONFLICT (holder) DO UPDATE
        SET ready_at = excluded.ready_at, taken_at = excluded.taken_at, lapses_at = excluded.lapses_at;
END $$;

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
