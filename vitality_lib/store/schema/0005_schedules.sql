-- Rules that weekdays cannot say, the pages that schedules were read from, where these contradict each other, and what
-- people corrected.

ALTER TABLE services
    ADD COLUMN weeks      integer NOT NULL DEFAULT 1 CHECK (weeks > 0),
    ADD COLUMN anchor     text,
    ADD COLUMN month_days integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN exceptions text[] NOT NULL DEFAULT '{}',
    ADD COLUMN begins     text,
    ADD COLUMN ends       text,
    ADD COLUMN nights     integer NOT NULL DEFAULT 0 CHECK (nights >= 0),
    ADD COLUMN streamed   boolean NOT NULL DEFAULT false;
CREATE INDEX services_by_time ON services (parish_id, valid_from, valid_to);
COMMENT ON COLUMN services.season IS 'lent, summer, academic_year, advent+lent, memorial_day..labor_day ...; NULL for all year.';
COMMENT ON COLUMN services.weeks IS '1 for every week, 2 for every other week.';
COMMENT ON COLUMN services.anchor IS 'ISO date in a week that counts, where weeks is more than 1 and the page says which.';
COMMENT ON COLUMN services.month_days IS 'Days of the month, 1 to 31 and -1 for the last, in place of weekdays.';
COMMENT ON COLUMN services.exceptions IS 'When it does not take place: 1FR, lastSA, HOLYDAY, a season, an ISO date.';
COMMENT ON COLUMN services.begins IS 'First day of the rule (ISO date), where the page gives one.';
COMMENT ON COLUMN services.ends IS 'Last day of the rule (ISO date), where the page gives one.';
COMMENT ON COLUMN services.nights IS 'How many days after its start it ends; 0 for the same day, 24:00 included.';
COMMENT ON COLUMN services.streamed IS 'Whether the page says that it can be watched from afar, too.';

CREATE TABLE schedule_pages (
    parish_id  bigint NOT NULL REFERENCES parishes (id) ON DELETE CASCADE,
    place      integer NOT NULL,
    url        text NOT NULL,
    page_hash  text NOT NULL,
    why        text NOT NULL,
    services   integer NOT NULL,
    kept       integer NOT NULL,
    read_at    timestamptz NOT NULL,
    PRIMARY KEY (parish_id, place)
);
COMMENT ON TABLE schedule_pages IS 'The pages that the last good visit to a parish read, in order, and what each gave.';
COMMENT ON COLUMN schedule_pages.parish_id IS 'The parish.';
COMMENT ON COLUMN schedule_pages.place IS 'Its place in the order of the visit, from 1.';
COMMENT ON COLUMN schedule_pages.url IS 'Its final address.';
COMMENT ON COLUMN schedule_pages.page_hash IS 'SHA-256 of its body.';
COMMENT ON COLUMN schedule_pages.why IS 'Why it was asked for.';
COMMENT ON COLUMN schedule_pages.services IS 'How many services it states.';
COMMENT ON COLUMN schedule_pages.kept IS 'How many of the published services have their best evidence on it.';
COMMENT ON COLUMN schedule_pages.read_at IS 'When.';

CREATE TABLE schedule_contradictions (
    parish_id  bigint NOT NULL REFERENCES parishes (id) ON DELETE CASCADE,
    place      integer NOT NULL,
    type       text NOT NULL CHECK (type IN ('mass', 'confession', 'adoration', 'other_devotion')),
    days       text[] NOT NULL,
    decided    boolean NOT NULL,
    why        text NOT NULL,
    better_url text NOT NULL,
    better     jsonb NOT NULL,
    worse_url  text NOT NULL,
    worse      jsonb NOT NULL,
    found_at   timestamptz NOT NULL,
    PRIMARY KEY (parish_id, place)
);
COMMENT ON TABLE schedule_contradictions IS 'Where two pages of the last good visit to a parish cannot both be right: both sides, which is believed, and why.';
COMMENT ON COLUMN schedule_contradictions.parish_id IS 'The parish.';
COMMENT ON COLUMN schedule_contradictions.place IS 'Its place in the order in which they were found, from 1.';
COMMENT ON COLUMN schedule_contradictions.type IS 'mass, confession, adoration or other_devotion.';
COMMENT ON COLUMN schedule_contradictions.days IS 'The days on which the pages differ: SU to SA, HOLYDAY ...';
COMMENT ON COLUMN schedule_contradictions.decided IS 'Whether the better side is believed; otherwise the services of both are published.';
COMMENT ON COLUMN schedule_contradictions.why IS 'Why it is believed, in words.';
COMMENT ON COLUMN schedule_contradictions.better_url IS 'The page that is believed; undecided, the one that was read first.';
COMMENT ON COLUMN schedule_contradictions.better IS 'What it states for those days: services in the fields of the records, each with its evidence and its words.';
COMMENT ON COLUMN schedule_contradictions.worse_url IS 'The other page.';
COMMENT ON COLUMN schedule_contradictions.worse IS 'What that one states.';
COMMENT ON COLUMN schedule_contradictions.found_at IS 'When a visit first found just these.';

CREATE TABLE service_corrections (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parish_id    bigint NOT NULL REFERENCES parishes (id) ON DELETE CASCADE,
    wrong        jsonb,
    right_one    jsonb,
    why          text NOT NULL,
    set_by       text NOT NULL,
    set_at       timestamptz NOT NULL,
    expires_at   timestamptz,
    withdrawn_at timestamptz,
    used_at      timestamptz,
    standing     text NOT NULL DEFAULT 'waiting'
        CHECK (standing IN ('waiting', 'used', 'not_needed', 'no_match', 'ended')),
    displaced    jsonb NOT NULL DEFAULT '[]',
    CHECK (wrong IS NOT NULL OR right_one IS NOT NULL)
);
CREATE INDEX service_corrections_parish ON service_corrections (parish_id) WHERE withdrawn_at IS NULL;
COMMENT ON TABLE service_corrections IS 'Services that a person corrected, added or took away; they outlive readings until they expire.';
COMMENT ON COLUMN service_corrections.id IS 'Number of the correction.';
COMMENT ON COLUMN service_corrections.parish_id IS 'The parish.';
COMMENT ON COLUMN service_corrections.wrong IS 'The service as it is read, in the fields of the records; NULL where one is added.';
COMMENT ON COLUMN service_corrections.right_one IS 'The service as it should be; NULL where one is taken away.';
COMMENT ON COLUMN service_corrections.why IS 'On what grounds.';
COMMENT ON COLUMN service_corrections.set_by IS 'Who said so.';
COMMENT ON COLUMN service_corrections.set_at IS 'When.';
COMMENT ON COLUMN service_corrections.expires_at IS 'From when it no longer counts; NULL for good.';
COMMENT ON COLUMN service_corrections.withdrawn_at IS 'When somebody took it back.';
COMMENT ON COLUMN service_corrections.used_at IS 'When it last changed what a reading said.';
COMMENT ON COLUMN service_corrections.standing IS 'What it did to the last reading: waiting for one, used, not_needed (the site says the same), no_match (the site says neither), ended (expired or withdrawn).';
COMMENT ON COLUMN service_corrections.displaced IS 'What the last reading said in its place, with its evidence: what is published again when it ends.';
