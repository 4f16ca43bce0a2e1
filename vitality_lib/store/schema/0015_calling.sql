-- As many are called as there is room for.

-- As in 0011, but not only the first: of two turns given back within a moment, the second called whom the first had
-- called, who had not come yet, and the other place stood empty until the next one's guess was over.
DROP FUNCTION call_next(text[], text, timestamptz);
CREATE FUNCTION call_next(my_keys text[], my_host text, most integer, moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM turns WHERE taken_at IS NULL AND host <> my_host AND keys && my_keys) THEN
        RETURN;
    END IF;
    PERFORM pg_notify('vitality_turns', holder::text) FROM (
        SELECT DISTINCT next.holder FROM unnest(my_keys) AS key, LATERAL (
            SELECT turns.holder FROM turns JOIN hosts USING (host)
            WHERE turns.keys @> ARRAY[key] AND turns.host <> my_host AND taken_at IS NULL AND lapses_at > moment
                AND greatest(ready_at, next_at) <= moment
            ORDER BY ticket LIMIT greatest(most - (
                SELECT count(DISTINCT flying.host) FROM turns AS flying
                WHERE flying.keys @> ARRAY[key] AND flying.host <> my_host AND flying.taken_at IS NOT NULL
                    AND flying.lapses_at > moment
            ), 0)
        ) AS next
    ) AS called;
END $$;

-- As in 0011, but a host that is known as it is is only looked up: its row need not be locked.
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
    SELECT * INTO place FROM hosts WHERE host = my_host;
    IF NOT FOUND OR place.keys <> my_keys THEN
        INSERT INTO hosts (host, keys) VALUES (my_host, my_keys) ON CONFLICT (host) DO UPDATE SET keys = excluded.keys;
        SELECT * INTO place FROM hosts WHERE host = my_host;
    END IF;
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
