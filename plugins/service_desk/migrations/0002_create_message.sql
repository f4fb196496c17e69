CREATE TABLE IF NOT EXISTS service_desk_message (
    tenant_id   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ticket_id   BINARY(16)   NOT NULL,
    id          BINARY(16)   NOT NULL,
    is_public   BOOLEAN      NOT NULL,
    party       VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    author      BINARY(16)   NULL,
    author_name VARCHAR(120) NOT NULL,
    body        MEDIUMTEXT   NOT NULL,
    at          DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
