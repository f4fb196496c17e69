CREATE TABLE IF NOT EXISTS identity_recovery_code (
    tenant_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id   BINARY(16)  NOT NULL,
    code_hash BINARY(32)  NOT NULL,
    PRIMARY KEY (tenant_id, user_id, code_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
