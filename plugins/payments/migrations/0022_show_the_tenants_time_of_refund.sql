-- As of a payment.
ALTER TABLE payments_refund ADD COLUMN IF NOT EXISTS shown_at DATETIME(6) NULL
