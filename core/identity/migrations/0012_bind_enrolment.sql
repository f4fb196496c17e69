ALTER TABLE identity_second_factor
    ADD COLUMN IF NOT EXISTS begun_by BINARY(16) NULL
