-- The way of a page, in fewer statements.

-- Whoever gives a turn back calls those who now are first in the queue of a key: nobody has to wait out a guess. Who is
-- not heard (behind a pooler, say) asks again when the guess of `take_turn` is over.
CREATE FUNCTION call_next(my_keys text[], my_host text, moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM turns WHERE taken_at IS NULL AND host <> my_host AND keys && my_keys) THEN
        RETURN;
    END IF;
    PERFORM pg_notify('vitality_turns', holder::text) FROM (
        SELECT DISTINCT first.holder FROM unnest(my_keys) AS key, LATERAL (
            SELECT turns.holder FROM turns JOIN hosts USING (host)
            WHERE turns.keys @> ARRAY[key] AND turns.host <> my_host AND taken_at IS NULL AND lapses_at > moment
                AND greatest(ready_at, next_at) <= moment
            ORDER BY ticket LIMIT 1
        ) AS first
    ) AS called;
END $$;

-- What a host shares is remembered, so that a crawl can begin with the sites that have to queue for it.
ALTER TABLE hosts ADD COLUMN keys text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN hosts.keys IS 'What it shares with other hosts, as when it was last asked: see turns.keys.';

-- As in 0006, but with a plan that is kept, and at once for who shares nothing with anybody at the moment: most do.
CREATE OR REPLACE FUNCTION seconds_until_room(key text, my_host text, mine bigint, most integer, moment timestamptz)
RETURNS double precision LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM turns WHERE turns.keys @> ARRAY[key] AND turns.host <> my_host) THEN
        RETURN 0;
    END IF;
    RETURN (
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
    );
END $$;

-- As in 0006, but for hosts.keys, and that waiting for a shared key ('queue') is told from waiting for the host ('wait').
CREATE OR REPLACE FUNCTION take_turn(
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
    IF EXISTS (SELECT FROM turns WHERE lapses_at <= moment) THEN
        DELETE FROM turns WHERE holder IN (
            SELECT holder FROM turns WHERE lapses_at <= moment AND (host = my_host OR keys && my_keys)
            FOR UPDATE SKIP LOCKED
        );
    END IF;
    SELECT ticket INTO mine FROM turns WHERE holder = my_holder;
    mine := coalesce(mine, 9223372036854775807);
    SELECT coalesce(bool_or(taken_at IS NOT NULL), false), count(*) FILTER (WHERE taken_at IS NULL AND ticket < mine)
        INTO held, ahead FROM turns WHERE host = my_host AND holder <> my_holder AND lapses_at > moment;
    -- After the turns: who gave a turn back since has written when the host may be asked next.
    INSERT INTO hosts (host, keys) VALUES (my_host, my_keys)
        ON CONFLICT (host) DO UPDATE SET keys = excluded.keys WHERE hosts.keys <> excluded.keys;
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
        verdict := CASE WHEN seconds <= 0 THEN 'taken' ELSE 'queue' END;
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

-- What is known of an origin's robots.txt; else who asks becomes, or remains, the one of the fleet that reads it.
-- verdict: known (the rest says what), claimed, or wait, while another one is at it. One that says nothing for so many
-- seconds is taken for dead. What another one has kept while we waited for its claim to end is seen: each statement of
-- a function has a snapshot of its own.
CREATE FUNCTION robots_or_claim(
    my_origin text, my_holder uuid, seconds double precision,
    OUT verdict text, OUT status integer, OUT body text, OUT problem text, OUT detail text, OUT good_seconds double precision
) LANGUAGE plpgsql AS $$
DECLARE
    file robots%ROWTYPE;
BEGIN
    verdict := 'known';
    SELECT * INTO file FROM robots WHERE origin = my_origin AND good_until > clock_timestamp();
    IF NOT FOUND THEN
        INSERT INTO robots_readings AS reading (origin, holder, lapses_at)
        VALUES (my_origin, my_holder, clock_timestamp() + make_interval(secs => seconds))
        ON CONFLICT (origin) DO UPDATE SET holder = excluded.holder, lapses_at = excluded.lapses_at
        WHERE reading.lapses_at <= clock_timestamp() OR reading.holder = excluded.holder;
        verdict := CASE WHEN FOUND THEN 'claimed' ELSE 'wait' END;
        IF verdict = 'claimed' THEN
            SELECT * INTO file FROM robots WHERE origin = my_origin AND good_until > clock_timestamp();
            IF FOUND THEN
                DELETE FROM robots_readings WHERE origin = my_origin AND holder = my_holder;
                verdict := 'known';
            END IF;
        END IF;
    END IF;
    status := file.status;
    body := file.body;
    problem := file.problem;
    detail := file.detail;
    good_seconds := extract(epoch FROM file.good_until - clock_timestamp());
END $$;
COMMENT ON FUNCTION robots_or_claim IS 'What is known of an origin''s robots.txt, or whose it is to ask for it.';
