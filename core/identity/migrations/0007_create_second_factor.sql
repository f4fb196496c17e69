CREATE TABLE IF NOT EXISTS identity_second_factor (
    tenant_id     VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id       BINARY(16)    NOT NULL,
    sealed_secret VARBINARY(96) NOT NULL,
    begun_at      DATETIME(6)   NOT NULL,
    turned_on_at  DATETIME(6)   NULL,
    last_step     BIGINT        NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
