-- Each day of a provider's list that was compared, and whether to its end.
CREATE TABLE IF NOT EXISTS payments_comparison (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    instance    VARCHAR(64) CHARACTER SET ascii NOT NULL,
    day         DATE        NOT NULL,
    began_at    DATETIME(6) NOT NULL,
    ended_at    DATETIME(6) NULL,
    listed      INT         NOT NULL,
    matched     INT         NOT NULL,
    differences INT         NOT NULL,
    PRIMARY KEY (tenant_id, instance, day),
    KEY by_end (tenant_id, ended_at, began_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
