CREATE TABLE IF NOT EXISTS identity_token (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash BINARY(32)  NOT NULL,
    user_id    BINARY(16)  NOT NULL,
    purpose    VARCHAR(16) CHARACTER SET ascii NOT NULL,
    ends_at    DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    KEY by_user (tenant_id, user_id, purpose)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
