-- Questions to the model: what it answered, and how many a day.

CREATE TABLE ai_calls (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash      text NOT NULL,
    purpose   text NOT NULL,
    model     text NOT NULL,
    asked_at  timestamptz NOT NULL,
    state     text NOT NULL CHECK (state IN ('asked', 'answered', 'failed')),
    answer    jsonb,
    tokens    integer,
    detail    text
);
CREATE INDEX ai_calls_by_hash ON ai_calls (hash) WHERE state = 'answered';
CREATE INDEX ai_calls_by_time ON ai_calls (asked_at);
COMMENT ON TABLE ai_calls IS 'Questions to the model, each counted before it was asked. No row without GEMINI_API_KEY.';
COMMENT ON COLUMN ai_calls.id IS 'Number of the call.';
COMMENT ON COLUMN ai_calls.hash IS 'SHA-256 of model, purpose, prompt, content and form: the same question is asked once.';
COMMENT ON COLUMN ai_calls.purpose IS 'What was asked for: rank_links or repeating_element.';
COMMENT ON COLUMN ai_calls.model IS 'Name of the model.';
COMMENT ON COLUMN ai_calls.asked_at IS 'When it was counted, just before it was asked. The budget is one of UTC days.';
COMMENT ON COLUMN ai_calls.state IS 'asked (or the worker died over it), answered, failed.';
COMMENT ON COLUMN ai_calls.answer IS 'The answer: numbers of what the model was shown.';
COMMENT ON COLUMN ai_calls.tokens IS 'Tokens of question and answer together, as the service counts them.';
COMMENT ON COLUMN ai_calls.detail IS 'Why there is no answer.';
