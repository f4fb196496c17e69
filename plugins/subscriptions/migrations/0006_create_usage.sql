CREATE TABLE IF NOT EXISTS subscriptions_usage (
    tenant_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subscription_id BINARY(16)  NOT NULL,
    id              BINARY(16)  NOT NULL,
    meter           VARCHAR(64) CHARACTER SET ascii NOT NULL,
    used_at         DATETIME(6) NOT NULL,
    units           VARCHAR(32) CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, subscription_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
