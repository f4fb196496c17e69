CREATE TABLE IF NOT EXISTS service_desk_presence (
    tenant_id VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ticket_id BINARY(16)   NOT NULL,
    user_id   BINARY(16)   NOT NULL,
    name      VARCHAR(120) NOT NULL,
    seen_at   DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, user_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
