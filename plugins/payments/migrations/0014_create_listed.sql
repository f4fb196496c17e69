-- What providers listed and we have booked, once each: with which fee, so that a later list that
-- says something else is noticed.
CREATE TABLE IF NOT EXISTS payments_listed (
    tenant_id   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    instance    VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    kind        VARCHAR(20)  CHARACTER SET ascii NOT NULL,
    provider_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    fee         BIGINT       NOT NULL,
    currency    CHAR(3)      CHARACTER SET ascii NOT NULL,
    first_seen  DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, instance, kind, provider_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
