CREATE TABLE IF NOT EXISTS service_desk_survey (
    tenant_id VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ticket_id BINARY(16)    NOT NULL,
    rating    TINYINT       NOT NULL,
    comment   VARCHAR(1000) NOT NULL,
    at        DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
