CREATE TABLE IF NOT EXISTS accounts_account (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id         BINARY(16)  NOT NULL,
    number     BIGINT      NOT NULL,
    created_at DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY by_number (tenant_id, number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
