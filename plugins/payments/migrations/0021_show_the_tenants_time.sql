-- When it began by the tenant's clock, which may be a test clock: what people read.
ALTER TABLE payments_payment ADD COLUMN IF NOT EXISTS shown_at DATETIME(6) NULL
