CREATE TABLE IF NOT EXISTS invoices_run (
    tenant_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id        BINARY(16)  NOT NULL,
    as_of     DATETIME(6) NOT NULL,
    run_at    DATETIME(6) NOT NULL,
    report    MEDIUMTEXT  NOT NULL,
    PRIMARY KEY (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
