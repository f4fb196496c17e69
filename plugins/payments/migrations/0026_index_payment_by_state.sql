-- For the few that wait for who pays.
CREATE INDEX IF NOT EXISTS by_state ON payments_payment (tenant_id, state, id)
