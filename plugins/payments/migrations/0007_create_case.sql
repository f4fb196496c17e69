-- What no machine may decide: somebody looks, and says what became of it.
CREATE TABLE IF NOT EXISTS payments_case (
    tenant_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payment_id BINARY(16)   NOT NULL,
    kind       VARCHAR(24)  CHARACTER SET ascii NOT NULL,
    opened_at  DATETIME(6)  NOT NULL,
    closed_at  DATETIME(6)  NULL,
    closed_by  BINARY(16)   NULL,
    answer     VARCHAR(200) NOT NULL,
    PRIMARY KEY (tenant_id, payment_id, kind),
    KEY by_opening (tenant_id, closed_at, opened_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
