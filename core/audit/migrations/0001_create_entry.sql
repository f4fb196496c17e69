CREATE TABLE IF NOT EXISTS audit_entry (
    tenant_id VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id        BINARY(16)   NOT NULL,
    at        DATETIME(6)  NOT NULL,
    user_id   BINARY(16)   NULL,
    action    VARCHAR(40)  CHARACTER SET ascii NOT NULL,
    address   VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_user (tenant_id, user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
