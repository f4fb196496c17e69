CREATE TABLE IF NOT EXISTS invoices_credit (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BINARY(16) NOT NULL,
    currency   CHAR(3)    CHARACTER SET ascii NOT NULL,
    amount     BIGINT     NOT NULL,
    PRIMARY KEY (tenant_id, account_id, currency)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
