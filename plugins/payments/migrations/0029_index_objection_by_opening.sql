-- For whoever lists, or counts, those that are open.
CREATE INDEX IF NOT EXISTS by_opening ON payments_objection (tenant_id, is_open, id)
