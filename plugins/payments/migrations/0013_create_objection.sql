-- What of an invoice an account says it does not owe: until a person has decided, nobody is dunned
-- or charged for it (DU-04).
CREATE TABLE IF NOT EXISTS payments_objection (
    tenant_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id         BINARY(16)   NOT NULL,
    invoice_id BINARY(16)   NOT NULL,
    account_id BINARY(16)   NOT NULL,
    amount     BIGINT       NOT NULL,
    currency   CHAR(3)      CHARACTER SET ascii NOT NULL,
    reason     VARCHAR(200) NOT NULL,
    opened_at  DATETIME(6)  NOT NULL,
    is_open    TINYINT      NOT NULL,
    closed_at  DATETIME(6)  NULL,
    won        TINYINT      NULL,
    answer     VARCHAR(200) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_account (tenant_id, account_id, is_open),
    KEY by_invoice (tenant_id, invoice_id, is_open)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
