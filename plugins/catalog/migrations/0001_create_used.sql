CREATE TABLE IF NOT EXISTS catalog_used (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind         VARCHAR(8)   CHARACTER SET ascii NOT NULL,
    id           VARCHAR(120) COLLATE utf8mb4_bin NOT NULL,
    version_from DATE         NOT NULL,
    sold_on      DATE         NOT NULL,
    used_on      DATE         NOT NULL,
    terms        MEDIUMTEXT   COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (tenant_id, kind, id, version_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
