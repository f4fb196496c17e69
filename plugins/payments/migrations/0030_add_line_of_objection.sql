-- What of the invoice is meant: its credit note is on that line alone.
ALTER TABLE payments_objection ADD COLUMN IF NOT EXISTS line_id BINARY(16) NULL
