-- The tables of Diocesan Vitality. `docs/data-dictionary.md` is generated from the comments below.
-- Facts (dioceses to evidence) change only when a site changed; what moves with every visit stands in visits, hosts and outcomes.

-- Facts ---------------------------------------------------------------------------------------------------------------

CREATE TABLE dioceses (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL UNIQUE,
    street      text,
    city        text,
    state       text,
    zip         text,
    website     text,
    listed      boolean NOT NULL DEFAULT true,
    first_seen  timestamptz NOT NULL DEFAULT now(),
    changed_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE dioceses IS 'The jurisdictions on the USCCB list: archdioceses, dioceses, eparchies, ordinariates.';
COMMENT ON COLUMN dioceses.id IS 'Stable id.';
COMMENT ON COLUMN dioceses.name IS 'Name as the USCCB list gives it.';
COMMENT ON COLUMN dioceses.street IS 'Street or post box of the chancery.';
COMMENT ON COLUMN dioceses.city IS 'City of the chancery.';
COMMENT ON COLUMN dioceses.state IS 'Two-letter code of the state.';
COMMENT ON COLUMN dioceses.zip IS 'ZIP code, five digits or ZIP+4.';
COMMENT ON COLUMN dioceses.website IS 'Website as listed.';
COMMENT ON COLUMN dioceses.listed IS 'Whether the newest list still holds it.';
COMMENT ON COLUMN dioceses.first_seen IS 'When it was first read.';
COMMENT ON COLUMN dioceses.changed_at IS 'When a column above last changed.';

CREATE TABLE directories (
    diocese_id  bigint PRIMARY KEY REFERENCES dioceses (id),
    url         text NOT NULL,
    label       text NOT NULL DEFAULT '',
    score       double precision NOT NULL DEFAULT 0,
    reasons     jsonb NOT NULL DEFAULT '[]',
    platform    text,
    route       text,
    proved      integer NOT NULL DEFAULT 0,
    found_at    timestamptz NOT NULL DEFAULT now(),
    changed_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE directories IS 'The parish directory of a diocese: where it is and how it is read.';
COMMENT ON COLUMN directories.diocese_id IS 'The diocese.';
COMMENT ON COLUMN directories.url IS 'Address of the directory page; it was fetched and proved.';
COMMENT ON COLUMN directories.label IS 'Label of the link that led there.';
COMMENT ON COLUMN directories.score IS 'Score of that link among the candidates.';
COMMENT ON COLUMN directories.reasons IS 'Why that link won: a list of short texts.';
COMMENT ON COLUMN directories.platform IS 'Platform it runs on, as last read.';
COMMENT ON COLUMN directories.route IS 'How it was last read: feed, blob, static, detail, browser, pdf.';
COMMENT ON COLUMN directories.proved IS 'Parishes seen on the page or its feed when it was chosen; 0 when they come only later (a browser, a feed).';
COMMENT ON COLUMN directories.found_at IS 'When it was first chosen.';
COMMENT ON COLUMN directories.changed_at IS 'When a column above last changed.';

CREATE TABLE parishes (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    diocese_id  bigint NOT NULL REFERENCES dioceses (id),
    identity    text NOT NULL,
    name        text NOT NULL,
    street      text,
    city        text,
    state       text,
    zip         text,
    phone       text,
    email       text,
    website     text,
    pastor      text,
    latitude    double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude   double precision CHECK (longitude BETWEEN -180 AND 180),
    detail_url  text,
    page_hash   text,
    page_url    text,
    platform    text,
    first_seen  timestamptz NOT NULL DEFAULT now(),
    changed_at  timestamptz NOT NULL DEFAULT now(),
    gone_at     timestamptz,
    UNIQUE (diocese_id, identity)
);
CREATE INDEX parishes_diocese ON parishes (diocese_id) WHERE gone_at IS NULL;
COMMENT ON TABLE parishes IS 'The parishes as their dioceses publish them. Published rows have gone_at NULL.';
COMMENT ON COLUMN parishes.id IS 'Stable id.';
COMMENT ON COLUMN parishes.diocese_id IS 'The diocese it belongs to.';
COMMENT ON COLUMN parishes.identity IS 'Name and place, normalised: the same over crawls.';
COMMENT ON COLUMN parishes.name IS 'Name as the directory gives it.';
COMMENT ON COLUMN parishes.street IS 'Street address.';
COMMENT ON COLUMN parishes.city IS 'City.';
COMMENT ON COLUMN parishes.state IS 'Two-letter code of the state.';
COMMENT ON COLUMN parishes.zip IS 'ZIP code, five digits or ZIP+4.';
COMMENT ON COLUMN parishes.phone IS 'Telephone number of the parish office.';
COMMENT ON COLUMN parishes.email IS 'E-mail address of the parish office.';
COMMENT ON COLUMN parishes.website IS 'The parish''s own website.';
COMMENT ON COLUMN parishes.pastor IS 'Pastor or administrator, as the diocese publishes it.';
COMMENT ON COLUMN parishes.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN parishes.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN parishes.detail_url IS 'The diocese''s own page about the parish.';
COMMENT ON COLUMN parishes.page_hash IS 'Hash of the page it was read from.';
COMMENT ON COLUMN parishes.page_url IS 'Address of that page.';
COMMENT ON COLUMN parishes.platform IS 'Platform module that read it.';
COMMENT ON COLUMN parishes.first_seen IS 'When it was first published.';
COMMENT ON COLUMN parishes.changed_at IS 'When a column above last changed.';
COMMENT ON COLUMN parishes.gone_at IS 'When it left the directory; NULL while it is there.';

CREATE TABLE churches (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parish_id   bigint NOT NULL REFERENCES parishes (id),
    name        text NOT NULL,
    UNIQUE (parish_id, name)
);
COMMENT ON TABLE churches IS 'The worship sites of a parish that its own pages name.';
COMMENT ON COLUMN churches.id IS 'Stable id.';
COMMENT ON COLUMN churches.parish_id IS 'The parish.';
COMMENT ON COLUMN churches.name IS 'Name of the church or chapel, as the page gives it.';

CREATE TABLE services (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parish_id   bigint NOT NULL REFERENCES parishes (id),
    church_id   bigint REFERENCES churches (id),
    type        text NOT NULL CHECK (type IN ('mass', 'confession', 'adoration', 'other_devotion')),
    days        text[] NOT NULL,
    ordinals    text[] NOT NULL DEFAULT '{}',
    season      text,
    start_time  text CHECK (start_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
    end_time    text CHECK (end_time ~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$'),
    language    text NOT NULL,
    vigil       boolean NOT NULL DEFAULT false,
    note        text,
    words       text NOT NULL,
    valid_from  timestamptz NOT NULL DEFAULT now(),
    valid_to    timestamptz
);
CREATE INDEX services_parish ON services (parish_id) WHERE valid_to IS NULL;
COMMENT ON TABLE services IS 'What recurs in a church: Mass, Confession, Adoration, other devotions. Current rows have valid_to NULL.';
COMMENT ON COLUMN services.id IS 'Id of this version of the service.';
COMMENT ON COLUMN services.parish_id IS 'The parish.';
COMMENT ON COLUMN services.church_id IS 'The church, when the page names several.';
COMMENT ON COLUMN services.type IS 'mass, confession, adoration or other_devotion.';
COMMENT ON COLUMN services.days IS 'SU MO TU WE TH FR SA, HOLYDAY, HOLYDAY_EVE; empty when by appointment or tied to another service.';
COMMENT ON COLUMN services.ordinals IS '1 to 5 or last: only on those such weekdays of the month; empty for every one.';
COMMENT ON COLUMN services.season IS 'lent, summer, academic_year, advent+lent ...; NULL for all year.';
COMMENT ON COLUMN services.start_time IS 'HH:MM in the church''s own time zone; NULL when not stated.';
COMMENT ON COLUMN services.end_time IS 'HH:MM, 24:00 for the end of the day; NULL when not stated.';
COMMENT ON COLUMN services.language IS 'ISO 639-1 code, en/es when bilingual, und when it cannot be told.';
COMMENT ON COLUMN services.vigil IS 'Whether it is a vigil (Saturday evening, eve of a holy day).';
COMMENT ON COLUMN services.note IS 'Relation to another service, by appointment, and the like.';
COMMENT ON COLUMN services.words IS 'The service in plain English.';
COMMENT ON COLUMN services.valid_from IS 'When it was first seen on the parish''s pages.';
COMMENT ON COLUMN services.valid_to IS 'When it was gone from them; NULL while it stands there.';

CREATE TABLE evidence (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service_id  bigint NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    page_hash   text NOT NULL,
    url         text NOT NULL,
    quote       text NOT NULL,
    span_start  integer NOT NULL,
    span_end    integer NOT NULL,
    method      text NOT NULL,
    confidence  double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1)
);
CREATE INDEX evidence_service ON evidence (service_id);
COMMENT ON TABLE evidence IS 'Why a service is believed: the exact words and where they stand.';
COMMENT ON COLUMN evidence.id IS 'Id.';
COMMENT ON COLUMN evidence.service_id IS 'The service.';
COMMENT ON COLUMN evidence.page_hash IS 'Hash of the page''s body: its name in page_bodies.';
COMMENT ON COLUMN evidence.url IS 'Address of the page.';
COMMENT ON COLUMN evidence.quote IS 'The exact words.';
COMMENT ON COLUMN evidence.span_start IS 'First character of the quote in the page''s visible text.';
COMMENT ON COLUMN evidence.span_end IS 'Character after the last.';
COMMENT ON COLUMN evidence.method IS 'How it was read: table, list, prose, pdf ...';
COMMENT ON COLUMN evidence.confidence IS 'Between 0 and 1.';

CREATE TABLE reviews (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    diocese_id      bigint NOT NULL REFERENCES dioceses (id),
    run             text NOT NULL,
    published       integer NOT NULL,
    proposed        integer NOT NULL,
    why             text NOT NULL,
    entries         jsonb NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    decided_at      timestamptz,
    decided_by      text,
    accepted        boolean
);
CREATE UNIQUE INDEX reviews_open ON reviews (diocese_id) WHERE decided_at IS NULL;
COMMENT ON TABLE reviews IS 'Readings of a directory that were held back because too much moved; the last good data stays published.';
COMMENT ON COLUMN reviews.id IS 'Id.';
COMMENT ON COLUMN reviews.diocese_id IS 'The diocese.';
COMMENT ON COLUMN reviews.run IS 'The run that read it.';
COMMENT ON COLUMN reviews.published IS 'Parishes published at that time.';
COMMENT ON COLUMN reviews.proposed IS 'Parishes in the held-back reading.';
COMMENT ON COLUMN reviews.why IS 'Why it was held back.';
COMMENT ON COLUMN reviews.entries IS 'The held-back reading: a list of parish records.';
COMMENT ON COLUMN reviews.created_at IS 'When it was held back.';
COMMENT ON COLUMN reviews.decided_at IS 'When somebody decided; NULL while open.';
COMMENT ON COLUMN reviews.decided_by IS 'Who decided.';
COMMENT ON COLUMN reviews.accepted IS 'What was decided.';

-- Pages ---------------------------------------------------------------------------------------------------------------

CREATE TABLE page_bodies (
    hash        text PRIMARY KEY,
    size        integer NOT NULL,
    body        bytea NOT NULL,
    stored_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE page_bodies IS 'Bodies of fetched pages, each once, compressed (zlib).';
COMMENT ON COLUMN page_bodies.hash IS 'SHA-256 of the decoded body, hex.';
COMMENT ON COLUMN page_bodies.size IS 'Bytes before compression.';
COMMENT ON COLUMN page_bodies.body IS 'The body, compressed.';
COMMENT ON COLUMN page_bodies.stored_at IS 'When it was first stored.';

CREATE TABLE pages (
    request_key     text PRIMARY KEY,
    url             text NOT NULL,
    final_url       text NOT NULL,
    route           text NOT NULL,
    status          integer NOT NULL,
    content_type    text NOT NULL DEFAULT '',
    headers         jsonb NOT NULL DEFAULT '{}',
    etag            text,
    last_modified   text,
    body_hash       text REFERENCES page_bodies (hash),
    fetched_at      timestamptz NOT NULL,
    checked_at      timestamptz NOT NULL,
    visits          integer NOT NULL DEFAULT 1,
    moved           boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE pages IS 'The newest answer for each page asked for.';
COMMENT ON COLUMN pages.request_key IS 'Canonical URL; for a POST the URL, a space and the hash of its form; for the browser prefixed with `browser `.';
COMMENT ON COLUMN pages.url IS 'Canonical URL asked for.';
COMMENT ON COLUMN pages.final_url IS 'Canonical URL after redirects.';
COMMENT ON COLUMN pages.route IS 'http or browser.';
COMMENT ON COLUMN pages.status IS 'HTTP status of the newest full answer.';
COMMENT ON COLUMN pages.content_type IS 'Content-Type header as sent.';
COMMENT ON COLUMN pages.headers IS 'The headers that readers look at (Link, X-WP-TotalPages ...), names in lower case.';
COMMENT ON COLUMN pages.etag IS 'ETag header, for conditional requests.';
COMMENT ON COLUMN pages.last_modified IS 'Last-Modified header, for conditional requests.';
COMMENT ON COLUMN pages.body_hash IS 'The body in page_bodies.';
COMMENT ON COLUMN pages.fetched_at IS 'When this body was fetched.';
COMMENT ON COLUMN pages.checked_at IS 'When the server last confirmed it.';
COMMENT ON COLUMN pages.visits IS 'Visits made to it.';
COMMENT ON COLUMN pages.moved IS 'Whether only permanent redirects lead to final_url: the next visit goes there at once.';

-- Manners -------------------------------------------------------------------------------------------------------------

CREATE TABLE hosts (
    host            text PRIMARY KEY,
    ended_at        timestamptz NOT NULL DEFAULT '-infinity',
    next_at         timestamptz NOT NULL DEFAULT '-infinity',
    requests        bigint NOT NULL DEFAULT 0,
    failures        integer NOT NULL DEFAULT 0,
    open_until      timestamptz NOT NULL DEFAULT '-infinity',
    open_reason     text
);
COMMENT ON TABLE hosts IS 'One row a host: when it may be asked again, and its circuit breaker, shared by the whole fleet.';
COMMENT ON COLUMN hosts.host IS 'Host name, lower-case, with the port when it is not the scheme''s own.';
COMMENT ON COLUMN hosts.ended_at IS 'When the last response ended; Crawl-delay counts from here.';
COMMENT ON COLUMN hosts.next_at IS 'Not before this moment may the next request go out.';
COMMENT ON COLUMN hosts.requests IS 'Requests ever made.';
COMMENT ON COLUMN hosts.failures IS 'Failures in a row.';
COMMENT ON COLUMN hosts.open_until IS 'While in the future, the breaker is open: no requests. After it, one probe at a time.';
COMMENT ON COLUMN hosts.open_reason IS 'Why the breaker opened: the reason of the last failure.';

CREATE TABLE turns (
    holder          uuid PRIMARY KEY,
    ticket          bigint GENERATED ALWAYS AS IDENTITY,
    host            text NOT NULL,
    keys            text[] NOT NULL,
    ready_at        timestamptz NOT NULL,
    taken_at        timestamptz,
    lapses_at       timestamptz NOT NULL
);
CREATE INDEX turns_host ON turns (host, ticket);
CREATE INDEX turns_keys ON turns USING gin (keys);
COMMENT ON TABLE turns IS 'Requests in flight and requests that wait for their turn, over the whole fleet; first come, first served.';
COMMENT ON COLUMN turns.holder IS 'The request: a random id made by who makes it.';
COMMENT ON COLUMN turns.ticket IS 'Order of arrival.';
COMMENT ON COLUMN turns.host IS 'The host it is for, as in hosts.';
COMMENT ON COLUMN turns.keys IS 'What the host shares with others: its network (net:) and its hosting platform (platform:). In flight are counted per key.';
COMMENT ON COLUMN turns.ready_at IS 'When the host itself would have it, as far as could be told when it last asked.';
COMMENT ON COLUMN turns.taken_at IS 'Since when it is in flight; NULL while it waits.';
COMMENT ON COLUMN turns.lapses_at IS 'When a holder that fell silent loses its turn, or its place in the queue.';

-- One short call a request. Takes the turn, or says how long to wait before asking again (with the same holder, which keeps
-- its place in the queue). The least wait is always exact: a held host cannot be free before the holder's rest is over.
CREATE FUNCTION take_turn(
    my_holder uuid, my_host text, my_keys text[], gap double precision, lease double precision, most integer,
    OUT verdict text, OUT seconds double precision, OUT host_failures integer, OUT shut_reason text
) LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
    place hosts%ROWTYPE;
    my_ticket bigint;
    held boolean;
    ahead integer;
    crowd integer;
    ready timestamptz;
BEGIN
    -- Whoever asks for the same host, network or platform asks one after the other. Sorted, so that nobody can deadlock.
    PERFORM pg_advisory_xact_lock(lock) FROM (
        SELECT DISTINCT hashtextextended(key, 0) AS lock FROM unnest(my_keys || my_host) AS key ORDER BY 1
    ) AS locks;
    moment := clock_timestamp();
    DELETE FROM turns WHERE lapses_at <= moment AND (host = my_host OR keys && my_keys);
    SELECT ticket INTO my_ticket FROM turns WHERE holder = my_holder;
    SELECT coalesce(bool_or(taken_at IS NOT NULL), false), count(*) FILTER (WHERE my_ticket IS NULL OR ticket < my_ticket)
        INTO held, ahead FROM turns WHERE host = my_host AND holder <> my_holder;
    -- After the turns: who gave a turn back since has written when the host may be asked next.
    INSERT INTO hosts (host) VALUES (my_host) ON CONFLICT DO NOTHING;
    SELECT * INTO place FROM hosts WHERE host = my_host;
    host_failures := place.failures;
    IF place.open_until > moment THEN
        DELETE FROM turns WHERE holder = my_holder;
        verdict := 'shut';
        seconds := extract(epoch FROM place.open_until - moment);
        shut_reason := place.open_reason;
        RETURN;
    END IF;
    ready := greatest(place.next_at, place.ended_at + make_interval(secs => gap), moment);
    IF held THEN
        ready := greatest(ready, moment + make_interval(secs => gap));
        ahead := ahead - 1;  -- the holder came first, but its rest is already counted
    END IF;
    seconds := extract(epoch FROM ready - moment) + greatest(ahead, 0) * gap;
    IF NOT held AND ahead <= 0 AND seconds <= 0 THEN
        SELECT coalesce(max(busy), 0) INTO crowd FROM (
            SELECT count(*) AS busy FROM unnest(my_keys) AS key
            JOIN turns ON turns.keys @> ARRAY[key] AND turns.host <> my_host
                AND (turns.taken_at IS NOT NULL OR (turns.ready_at <= moment AND (my_ticket IS NULL OR turns.ticket < my_ticket)))
            GROUP BY key
        ) AS neighbours;
        verdict := CASE WHEN crowd < most THEN 'taken' ELSE 'wait' END;
        seconds := CASE WHEN crowd < most THEN 0 ELSE 0.1 * (1 + crowd - most) END;
    ELSE
        verdict := 'wait';
        seconds := greatest(seconds, 0.02);
    END IF;
    INSERT INTO turns (holder, host, keys, ready_at, taken_at, lapses_at)
    VALUES (
        my_holder, my_host, my_keys, ready, CASE WHEN verdict = 'taken' THEN moment END,
        moment + make_interval(secs => CASE WHEN verdict = 'taken' THEN lease ELSE seconds + 10 END)
    )
    ON CONFLICT (holder) DO UPDATE
        SET ready_at = excluded.ready_at, taken_at = excluded.taken_at, lapses_at = excluded.lapses_at;
END $$;

CREATE TABLE robots (
    origin          text PRIMARY KEY,
    status          integer NOT NULL,
    body            text NOT NULL DEFAULT '',
    problem         text,
    detail          text NOT NULL DEFAULT '',
    read_at         timestamptz NOT NULL,
    good_until      timestamptz NOT NULL
);
COMMENT ON TABLE robots IS 'The robots.txt of each origin (RFC 9309), read at most once a day by the whole fleet.';
COMMENT ON COLUMN robots.origin IS 'Scheme, host and port: https://www.parish.example.';
COMMENT ON COLUMN robots.status IS 'HTTP status; 0 when it could not be had.';
COMMENT ON COLUMN robots.body IS 'The file as read, 500 KiB at most.';
COMMENT ON COLUMN robots.problem IS 'Why nothing may be fetched for now: the reason of the failure; NULL when the file was had or does not exist.';
COMMENT ON COLUMN robots.detail IS 'That failure in one line for a person.';
COMMENT ON COLUMN robots.read_at IS 'When it was read.';
COMMENT ON COLUMN robots.good_until IS 'When it must be read again: 24 hours later, sooner after a failure.';

-- Work ----------------------------------------------------------------------------------------------------------------

CREATE TABLE pipeline_workers (
    worker_id           text PRIMARY KEY,
    worker_type         text NOT NULL,
    pod_name            text NOT NULL,
    status              text NOT NULL CHECK (status IN ('active', 'inactive', 'failed')),
    current_diocese     text,
    parishes_done       integer NOT NULL DEFAULT 0,
    started_at          timestamptz NOT NULL DEFAULT now(),
    last_heartbeat      timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE pipeline_workers IS 'Who is alive: each worker writes a heartbeat every 30 s.';
COMMENT ON COLUMN pipeline_workers.worker_id IS 'The worker''s name.';
COMMENT ON COLUMN pipeline_workers.worker_type IS 'discovery, extraction, schedule, reporting or all.';
COMMENT ON COLUMN pipeline_workers.pod_name IS 'Pod or host name.';
COMMENT ON COLUMN pipeline_workers.status IS 'active, inactive (ended well) or failed.';
COMMENT ON COLUMN pipeline_workers.current_diocese IS 'The diocese in hand.';
COMMENT ON COLUMN pipeline_workers.parishes_done IS 'Parishes finished since it started.';
COMMENT ON COLUMN pipeline_workers.started_at IS 'When it started.';
COMMENT ON COLUMN pipeline_workers.last_heartbeat IS 'When it last said that it is alive.';

CREATE SEQUENCE fencing_tokens;
CREATE TABLE diocese_work_assignments (
    diocese_id      bigint NOT NULL REFERENCES dioceses (id),
    stage           text NOT NULL,
    worker_id       text NOT NULL,
    token           bigint NOT NULL,
    status          text NOT NULL CHECK (status IN ('processing', 'completed', 'failed', 'released')),
    assigned_at     timestamptz NOT NULL DEFAULT now(),
    lease_until     timestamptz NOT NULL,
    completed_at    timestamptz,
    PRIMARY KEY (diocese_id, stage)
);
COMMENT ON TABLE diocese_work_assignments IS 'Who holds which diocese: a lease with a fencing token, retaken when its holder falls silent.';
COMMENT ON COLUMN diocese_work_assignments.diocese_id IS 'The diocese.';
COMMENT ON COLUMN diocese_work_assignments.stage IS 'The stage that works on it.';
COMMENT ON COLUMN diocese_work_assignments.worker_id IS 'The worker that holds (or last held) it.';
COMMENT ON COLUMN diocese_work_assignments.token IS 'Fencing token: grows with each assignment; writes under an older one are refused.';
COMMENT ON COLUMN diocese_work_assignments.status IS 'processing, completed, failed or released.';
COMMENT ON COLUMN diocese_work_assignments.assigned_at IS 'When it was taken.';
COMMENT ON COLUMN diocese_work_assignments.lease_until IS 'Until when the holder is believed without a heartbeat.';
COMMENT ON COLUMN diocese_work_assignments.completed_at IS 'When it was finished or given back.';

CREATE TABLE runs (
    run             text NOT NULL,
    stage           text NOT NULL,
    started_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    status          text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'ok', 'failed')),
    detail          text NOT NULL DEFAULT '',
    PRIMARY KEY (run, stage)
);
COMMENT ON TABLE runs IS 'One row for each stage of each run.';
COMMENT ON COLUMN runs.run IS 'Id of the run; Airflow''s run id when Airflow runs it.';
COMMENT ON COLUMN runs.stage IS 'The stage.';
COMMENT ON COLUMN runs.started_at IS 'When it started.';
COMMENT ON COLUMN runs.finished_at IS 'When it ended.';
COMMENT ON COLUMN runs.status IS 'running, ok or failed.';
COMMENT ON COLUMN runs.detail IS 'One line for a person.';

CREATE TABLE planned_units (
    run             text NOT NULL,
    stage           text NOT NULL,
    diocese_id      bigint NOT NULL REFERENCES dioceses (id),
    PRIMARY KEY (run, stage, diocese_id)
);
COMMENT ON TABLE planned_units IS 'What a run set out to do; the gate compares it with the outcomes.';
COMMENT ON COLUMN planned_units.run IS 'Id of the run.';
COMMENT ON COLUMN planned_units.stage IS 'The stage.';
COMMENT ON COLUMN planned_units.diocese_id IS 'The diocese.';

CREATE TABLE outcomes (
    run             text NOT NULL,
    stage           text NOT NULL,
    unit_kind       text NOT NULL CHECK (unit_kind IN ('stage', 'diocese', 'parish')),
    unit_id         bigint NOT NULL,
    diocese_id      bigint,
    reason          text NOT NULL,
    detail          text NOT NULL DEFAULT '',
    routes          jsonb NOT NULL DEFAULT '[]',
    facts           integer NOT NULL DEFAULT 0,
    requests        integer NOT NULL DEFAULT 0,
    worker_id       text NOT NULL DEFAULT '',
    finished_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run, stage, unit_kind, unit_id)
);
CREATE INDEX outcomes_unit ON outcomes (stage, unit_kind, unit_id, finished_at DESC);
COMMENT ON TABLE outcomes IS 'The run ledger: what became of each unit of work, one row each.';
COMMENT ON COLUMN outcomes.run IS 'Id of the run.';
COMMENT ON COLUMN outcomes.stage IS 'The stage.';
COMMENT ON COLUMN outcomes.unit_kind IS 'stage, diocese or parish.';
COMMENT ON COLUMN outcomes.unit_id IS 'Id of the diocese or parish; 0 for a stage.';
COMMENT ON COLUMN outcomes.diocese_id IS 'The diocese it belongs to; NULL for a stage.';
COMMENT ON COLUMN outcomes.reason IS 'ok, or one typed reason.';
COMMENT ON COLUMN outcomes.detail IS 'One line for a person.';
COMMENT ON COLUMN outcomes.routes IS 'Every route tried, in order.';
COMMENT ON COLUMN outcomes.facts IS 'Facts found: dioceses, parishes or services.';
COMMENT ON COLUMN outcomes.requests IS 'Requests it cost.';
COMMENT ON COLUMN outcomes.worker_id IS 'Who did it.';
COMMENT ON COLUMN outcomes.finished_at IS 'When it ended.';

CREATE TABLE visits (
    stage           text NOT NULL,
    unit_kind       text NOT NULL CHECK (unit_kind IN ('stage', 'diocese', 'parish')),
    unit_id         bigint NOT NULL,
    visited_at      timestamptz NOT NULL,
    good_at         timestamptz,
    changed_at      timestamptz,
    interval_hours  double precision NOT NULL,
    due_at          timestamptz NOT NULL,
    PRIMARY KEY (stage, unit_kind, unit_id)
);
CREATE INDEX visits_due ON visits (stage, unit_kind, due_at);
COMMENT ON TABLE visits IS 'When each unit was last visited and when it is due again.';
COMMENT ON COLUMN visits.stage IS 'The stage.';
COMMENT ON COLUMN visits.unit_kind IS 'stage, diocese or parish.';
COMMENT ON COLUMN visits.unit_id IS 'Id of the diocese or parish; 0 for a stage.';
COMMENT ON COLUMN visits.visited_at IS 'Last visit, good or not.';
COMMENT ON COLUMN visits.good_at IS 'Last visit with outcome ok.';
COMMENT ON COLUMN visits.changed_at IS 'Last visit that changed a fact.';
COMMENT ON COLUMN visits.interval_hours IS 'Hours to the next visit: x1.5 when unchanged, x0.5 when changed, 1 to 14 days.';
COMMENT ON COLUMN visits.due_at IS 'When it is due again.';

CREATE TABLE reports (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run             text NOT NULL,
    made_at         timestamptz NOT NULL DEFAULT now(),
    figures         jsonb NOT NULL,
    path            text NOT NULL
);
COMMENT ON TABLE reports IS 'The figures of each report, for growth over time and for what changed since the last one.';
COMMENT ON COLUMN reports.id IS 'Id.';
COMMENT ON COLUMN reports.run IS 'The run that made it.';
COMMENT ON COLUMN reports.made_at IS 'When.';
COMMENT ON COLUMN reports.figures IS 'The figures as JSON.';
COMMENT ON COLUMN reports.path IS 'Where the files were written.';
