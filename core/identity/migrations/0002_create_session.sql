CREATE TABLE IF NOT EXISTS identity_session (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash   BINARY(32)   NOT NULL,
    id           BINARY(16)   NOT NULL,
    user_id      BINARY(16)   NOT NULL,
    csrf_token   VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    created_at   DATETIME(6)  NOT NULL,
    last_seen_at DATETIME(6)  NOT NULL,
    idle_at      DATETIME(6)  NOT NULL,
    ends_at      DATETIME(6)  NOT NULL,
    address      VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    user_agent   VARCHAR(200) NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    KEY by_user (tenant_id, user_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
