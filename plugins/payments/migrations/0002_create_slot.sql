-- Who may take money for an invoice now, whoever starts it: one payment at a time. The count of its
-- attempts is what the keys at the provider are derived from, so it is never lowered.
CREATE TABLE IF NOT EXISTS payments_slot (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    invoice_id BINARY(16)  NOT NULL,
    attempts   INT         NOT NULL,
    payment_id BINARY(16)  NULL,
    PRIMARY KEY (tenant_id, invoice_id),
    KEY by_payment (tenant_id, payment_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
