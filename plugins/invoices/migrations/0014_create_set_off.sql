CREATE TABLE IF NOT EXISTS invoices_set_off (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BINARY(16)  NOT NULL,
    note_id    BINARY(16)  NOT NULL,
    position   INT         NOT NULL,
    invoice_id BINARY(16)  NOT NULL,
    amount     BIGINT      NOT NULL,
    PRIMARY KEY (tenant_id, account_id, note_id, position),
    KEY by_invoice (tenant_id, account_id, invoice_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
