CREATE TABLE IF NOT EXISTS mail_outbox (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id           BINARY(16)   NOT NULL,
    from_address VARCHAR(254) NOT NULL,
    from_name    VARCHAR(120) NOT NULL,
    to_address   VARCHAR(254) NOT NULL,
    to_name      VARCHAR(120) NOT NULL,
    subject      VARCHAR(250) NOT NULL,
    html         MEDIUMTEXT   NOT NULL,
    plain        MEDIUMTEXT   NOT NULL,
    created_at   DATETIME(6)  NOT NULL,
    next_try_at  DATETIME(6)  NULL,
    tries        INT          NOT NULL,
    sent_at      DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    KEY due (tenant_id, next_try_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
