CREATE TABLE IF NOT EXISTS invoices_settled (
    tenant_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id      BINARY(16)  NOT NULL,
    subscription_id BINARY(16)  NOT NULL,
    settled_to      DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, account_id, subscription_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
