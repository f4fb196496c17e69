-- For the comparison of a day with the provider's list, as of payments.
CREATE INDEX IF NOT EXISTS by_beginning ON payments_refund (tenant_id, began_at)
