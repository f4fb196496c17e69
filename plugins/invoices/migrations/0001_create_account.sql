CREATE TABLE IF NOT EXISTS invoices_account (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id  BINARY(16) NOT NULL,
    redemptions MEDIUMTEXT NOT NULL,
    version     BIGINT     NOT NULL,
    PRIMARY KEY (tenant_id, account_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
