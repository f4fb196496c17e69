CREATE TABLE IF NOT EXISTS subscriptions_subscription (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id         BINARY(16)   NOT NULL,
    account_id BINARY(16)   NOT NULL,
    base_id    BINARY(16)   NULL,
    bundle_id  BINARY(16)   NOT NULL,
    product    VARCHAR(120) NOT NULL,
    plan       VARCHAR(120) NOT NULL,
    state      VARCHAR(12)  CHARACTER SET ascii NOT NULL,
    quantity   BIGINT       NOT NULL,
    frequency  VARCHAR(8)   CHARACTER SET ascii NOT NULL,
    site       VARCHAR(160) NOT NULL,
    started_on DATE         NOT NULL,
    paused_on  DATE         NULL,
    ends_on    DATE         NULL,
    version    BIGINT       NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_account (tenant_id, account_id, bundle_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
