CREATE TABLE IF NOT EXISTS invoices_paper (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    document_id BINARY(16)  NOT NULL,
    account_id  BINARY(16)  NOT NULL,
    made_at     DATETIME(6) NOT NULL,
    sha256      BINARY(32)  NOT NULL,
    pdf         LONGBLOB    NOT NULL,
    PRIMARY KEY (tenant_id, document_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
