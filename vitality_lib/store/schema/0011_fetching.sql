-- The way of a page, in fewer statements.

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
