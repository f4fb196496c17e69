-- What providers told us, once each. A hint: what it is about is looked up.
CREATE TABLE IF NOT EXISTS payments_event (
    tenant_id   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    instance    VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    event_id    VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    about       VARCHAR(12)  CHARACTER SET ascii NOT NULL,
    provider_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    reference   VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    received_at DATETIME(6)  NOT NULL,
    handled_at  DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, instance, event_id),
    KEY by_handling (tenant_id, handled_at, received_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
