CREATE TABLE IF NOT EXISTS catalog_turn (
    tenant_id VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind      VARCHAR(8)   CHARACTER SET ascii NOT NULL,
    id        VARCHAR(120) COLLATE utf8mb4_bin NOT NULL,
    turn      BIGINT       NOT NULL,
    PRIMARY KEY (tenant_id, kind, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
