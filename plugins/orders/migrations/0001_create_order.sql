CREATE TABLE IF NOT EXISTS orders_order (
    tenant_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id           BINARY(16)   NOT NULL,
    account_id   BINARY(16)   NOT NULL,
    name         VARCHAR(160) NOT NULL,
    creator_kind VARCHAR(16)  CHARACTER SET ascii NOT NULL,
    creator      VARCHAR(254) NOT NULL,
    placed_at    DATETIME(6)  NOT NULL,
    activate_at  DATETIME(6)  NOT NULL,
    status       VARCHAR(24)  CHARACTER SET ascii NOT NULL,
    currency     CHAR(3)      CHARACTER SET ascii NOT NULL,
    tax          BIGINT       NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_account (tenant_id, account_id, placed_at, id),
    KEY due (tenant_id, status, activate_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
