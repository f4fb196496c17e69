-- What a ticket disputes: its objection, which payments keeps, and what came of it.
CREATE TABLE IF NOT EXISTS service_desk_dispute (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ticket_id    BINARY(16)   NOT NULL,
    objection_id BINARY(16)   NOT NULL,
    amount       BIGINT       NOT NULL,
    currency     CHAR(3)      CHARACTER SET ascii NOT NULL,
    outcome      VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id),
    UNIQUE KEY by_objection (tenant_id, objection_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
