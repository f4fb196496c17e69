-- The first day on which a card is no longer good: whoever is to be told of it is found by that.
ALTER TABLE payments_method
    ADD COLUMN IF NOT EXISTS expires_on DATE NULL,
    ADD KEY IF NOT EXISTS by_expiry (tenant_id, expires_on, account_id)
