CREATE TABLE IF NOT EXISTS payments_receipt (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number     VARCHAR(40) NOT NULL,
    account_id BINARY(16)  NOT NULL,
    payment_id BINARY(16)  NOT NULL,
    refund_id  BINARY(16)  NULL,
    made_at    DATETIME(6) NOT NULL,
    amount     BIGINT      NOT NULL,
    currency   CHAR(3)     CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, number),
    KEY by_payment (tenant_id, payment_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
