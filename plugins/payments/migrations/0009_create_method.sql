CREATE TABLE IF NOT EXISTS payments_method (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id           BINARY(16)   NOT NULL,
    account_id   BINARY(16)   NOT NULL,
    instance     VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    state        VARCHAR(12)  CHARACTER SET ascii NOT NULL,
    reference    VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    provider_id  VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    is_default   TINYINT      NOT NULL,
    began_at     DATETIME(6)  NOT NULL,
    looks        INT          NOT NULL,
    next_look_at DATETIME(6)  NULL,
    details      MEDIUMTEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY by_reference (tenant_id, reference),
    KEY by_account (tenant_id, account_id, id),
    KEY by_look (tenant_id, next_look_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
