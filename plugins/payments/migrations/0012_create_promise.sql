-- Who said until when an invoice is paid: once for each, so that nobody promises for ever.
CREATE TABLE IF NOT EXISTS payments_promise (
    tenant_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    invoice_id BINARY(16)   NOT NULL,
    account_id BINARY(16)   NOT NULL,
    made_at    DATETIME(6)  NOT NULL,
    pays_by    DATE         NOT NULL,
    made_by    VARCHAR(100) NOT NULL,
    PRIMARY KEY (tenant_id, invoice_id),
    KEY by_account (tenant_id, account_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
