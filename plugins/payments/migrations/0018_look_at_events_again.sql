-- What could not be followed waits for its own next look, and keeps nobody else from theirs.
ALTER TABLE payments_event
    ADD COLUMN IF NOT EXISTS looks SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS next_look_at DATETIME(6) NOT NULL DEFAULT '2000-01-01 00:00:00',
    ADD KEY IF NOT EXISTS by_look (tenant_id, handled_at, next_look_at),
    DROP KEY IF EXISTS by_handling
