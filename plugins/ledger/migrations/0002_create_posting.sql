CREATE TABLE IF NOT EXISTS ledger_posting (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entry_id    BINARY(16)  NOT NULL,
    position    INT         NOT NULL,
    account     VARCHAR(20) CHARACTER SET ascii NOT NULL,
    customer_id BINARY(16)  NULL,
    amount      BIGINT      NOT NULL,
    currency    CHAR(3)     CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, entry_id, position),
    KEY by_customer (tenant_id, customer_id, account, currency),
    CONSTRAINT ledger_posting_of FOREIGN KEY (tenant_id, entry_id) REFERENCES ledger_entry (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
