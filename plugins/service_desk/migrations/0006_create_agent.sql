CREATE TABLE IF NOT EXISTS service_desk_agent (
    tenant_id     VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id       BINARY(16)   NOT NULL,
    skills        TEXT         NOT NULL,
    languages     TEXT         NOT NULL,
    is_away       BOOLEAN      NOT NULL,
    last_given_at DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
