CREATE TABLE IF NOT EXISTS service_desk_watcher (
    tenant_id VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ticket_id BINARY(16)   NOT NULL,
    email_key VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
    email     VARCHAR(254) NOT NULL,
    language  VARCHAR(16)  CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, email_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
