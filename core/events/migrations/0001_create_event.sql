CREATE TABLE IF NOT EXISTS events_event (
    tenant_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id        BINARY(16)  NOT NULL,
    number    BIGINT      NULL,
    name      VARCHAR(60) CHARACTER SET ascii NOT NULL,
    about     VARCHAR(40) CHARACTER SET ascii NOT NULL,
    facts     TEXT        NOT NULL,
    at        DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_number (tenant_id, number),
    KEY by_time (tenant_id, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
