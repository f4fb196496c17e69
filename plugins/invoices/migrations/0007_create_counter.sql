CREATE TABLE IF NOT EXISTS invoices_counter (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    series      VARCHAR(12) CHARACTER SET ascii NOT NULL,
    year        INT         NOT NULL,
    last_number BIGINT      NOT NULL,
    PRIMARY KEY (tenant_id, series, year)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
