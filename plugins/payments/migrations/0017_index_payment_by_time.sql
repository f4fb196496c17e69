-- For the comparison of a day with the provider's list.
CREATE INDEX IF NOT EXISTS by_beginning ON payments_payment (tenant_id, instance, began_at)
