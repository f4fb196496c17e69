-- What goes back of a payment: refunds by us, chargebacks by the payer's bank, and what the bank
-- gave us again of those.
CREATE TABLE IF NOT EXISTS payments_refund (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id           BINARY(16)   NOT NULL,
    payment_id   BINARY(16)   NOT NULL,
    account_id   BINARY(16)   NOT NULL,
    kind         VARCHAR(12)  CHARACTER SET ascii NOT NULL,
    state        VARCHAR(12)  CHARACTER SET ascii NOT NULL,
    attempt      INT          NOT NULL,
    reference    VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount       BIGINT       NOT NULL,
    currency     CHAR(3)      CHARACTER SET ascii NOT NULL,
    noted_id     BINARY(16)   NULL,
    provider_id  VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    reason       VARCHAR(200) NOT NULL,
    began_at     DATETIME(6)  NOT NULL,
    sent_by      DATETIME(6)  NOT NULL,
    looks        INT          NOT NULL,
    next_look_at DATETIME(6)  NULL,
    receipt      VARCHAR(40)  NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY by_reference (tenant_id, reference),
    KEY by_payment (tenant_id, payment_id, id),
    KEY by_account (tenant_id, account_id, began_at, id),
    KEY by_look (tenant_id, next_look_at),
    CONSTRAINT payments_refund_of FOREIGN KEY (tenant_id, payment_id) REFERENCES payments_payment (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
