CREATE TABLE IF NOT EXISTS subscriptions_agreement (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id         BINARY(16)  NOT NULL,
    account_id BINARY(16)  NOT NULL,
    base_id    BINARY(16)  NULL,
    currency   CHAR(3)     CHARACTER SET ascii NOT NULL,
    site       VARCHAR(160) NOT NULL,
    started_at DATETIME(6) NOT NULL,
    ends_at    DATETIME(6) NULL,
    end_reason VARCHAR(200) NOT NULL,
    terms      MEDIUMTEXT  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_account (tenant_id, account_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
