-- A lease that is not prolonged is the sign that its holder is silent.

ALTER TABLE diocese_work_assignments ADD COLUMN renewed_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN diocese_work_assignments.renewed_at IS 'When its holder last prolonged the lease: its sign of life.';

ALTER TABLE runs ADD COLUMN canary_at timestamptz;
COMMENT ON COLUMN runs.canary_at IS 'When the canary was heard to sing; NULL: not yet, or it is off.';
