CREATE TABLE IF NOT EXISTS service_desk_mail (
    tenant_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mail_key   BINARY(32)   NOT NULL,
    mail_id    VARCHAR(250) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_key BINARY(32)   NOT NULL,
    is_ours    BOOLEAN      NOT NULL,
    ticket_id  BINARY(16)   NULL,
    agent      BINARY(16)   NULL,
    at         DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, mail_key),
    KEY by_person (tenant_id, person_key, is_ours, at),
    KEY by_time (tenant_id, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
