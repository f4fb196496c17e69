CREATE TABLE IF NOT EXISTS invoices_payment (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BINARY(16)   NOT NULL,
    position   INT          NOT NULL,
    reference  VARCHAR(120) NULL,
    paid_at    DATETIME(6)  NOT NULL,
    amount     BIGINT       NOT NULL,
    currency   CHAR(3)      CHARACTER SET ascii NOT NULL,
    parts      MEDIUMTEXT   NOT NULL,
    PRIMARY KEY (tenant_id, account_id, position),
    UNIQUE KEY by_reference (tenant_id, account_id, reference)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
