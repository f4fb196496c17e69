CREATE TABLE IF NOT EXISTS ledger_entry (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id          BINARY(16)  NOT NULL,
    fact        VARCHAR(24) CHARACTER SET ascii NOT NULL,
    document_id BINARY(16)  NULL,
    booked_at   DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
