CREATE TABLE IF NOT EXISTS service_desk_attachment (
    tenant_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id         BINARY(16)   NOT NULL,
    ticket_id  BINARY(16)   NOT NULL,
    message_id BINARY(16)   NOT NULL,
    name       VARCHAR(120) NOT NULL,
    mime_type  VARCHAR(80)  CHARACTER SET ascii NOT NULL,
    size       INT          NOT NULL,
    sha256     BINARY(32)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    KEY by_message (tenant_id, ticket_id, message_id, id),
    KEY by_content (tenant_id, sha256)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
