-- A refusal of which nobody was told, as the account's next method was to be charged at once.
ALTER TABLE payments_standing ADD COLUMN IF NOT EXISTS untold BINARY(16) NULL
