CREATE TABLE IF NOT EXISTS core_api_first_answer (
    tenant_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    api_key_id      BINARY(16)   NOT NULL,
    idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    request_hash    BINARY(32)   NOT NULL,
    status          SMALLINT     NOT NULL,
    body            MEDIUMTEXT   NOT NULL,
    created_at      DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, api_key_id, idempotency_key),
    KEY by_age (tenant_id, created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
