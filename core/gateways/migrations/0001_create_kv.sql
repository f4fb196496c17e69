CREATE TABLE IF NOT EXISTS core_gateway_kv (
    tenant_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    instance   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name       VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    value      TEXT         NOT NULL,
    changed_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, instance, name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
