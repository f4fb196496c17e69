-- Each refund of a payment has cases of its own. Zeros: it is about the payment.
ALTER TABLE payments_case
    ADD COLUMN IF NOT EXISTS refund_id BINARY(16) NOT NULL DEFAULT '' AFTER kind,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (tenant_id, payment_id, kind, refund_id)
