ALTER TABLE identity_user
    ADD COLUMN IF NOT EXISTS realm VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'portal' AFTER id,
    ADD UNIQUE KEY IF NOT EXISTS by_realm_email (tenant_id, realm, email_key),
    DROP KEY IF EXISTS by_email
