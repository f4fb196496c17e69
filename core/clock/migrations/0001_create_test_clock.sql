CREATE TABLE IF NOT EXISTS core_test_clock (
    tenant_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    now_at       DATETIME(6) NOT NULL,
    target_at    DATETIME(6) NULL,
    leased_until DATETIME(6) NULL,
    PRIMARY KEY (tenant_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
