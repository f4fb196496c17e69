ALTER TABLE audit_entry
    ADD COLUMN IF NOT EXISTS subject_id BINARY(16)   NULL AFTER user_id,
    ADD COLUMN IF NOT EXISTS detail     VARCHAR(200) NOT NULL DEFAULT '',
    ADD KEY IF NOT EXISTS by_subject (tenant_id, subject_id, id)
