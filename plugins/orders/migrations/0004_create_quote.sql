CREATE TABLE IF NOT EXISTS orders_quote (
    tenant_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id      BINARY(16)  NOT NULL,
    id              BINARY(16)  NOT NULL,
    shown_at        DATETIME(6) NOT NULL,
    wish            MEDIUMTEXT  NOT NULL,
    wording         MEDIUMTEXT  NOT NULL,
    kept_at         DATETIME(6) NULL,
    order_id        BINARY(16)  NULL,
    subscription_id BINARY(16)  NULL,
    PRIMARY KEY (tenant_id, account_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
