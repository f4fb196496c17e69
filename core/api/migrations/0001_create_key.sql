CREATE TABLE IF NOT EXISTS core_api_key (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id          BINARY(16)   NOT NULL,
    name        VARCHAR(80)  NOT NULL,
    secret_hash BINARY(32)   NOT NULL,
    scopes      VARCHAR(1000) CHARACTER SET ascii NOT NULL,
    created_at  DATETIME(6)  NOT NULL,
    revoked_at  DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
