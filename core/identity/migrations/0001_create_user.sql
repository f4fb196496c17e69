CREATE TABLE IF NOT EXISTS identity_user (
    tenant_id       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id              BINARY(16)   NOT NULL,
    email           VARCHAR(254) NOT NULL,
    email_key       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
    display_name    VARCHAR(120) NOT NULL,
    password_hash   VARCHAR(128) CHARACTER SET ascii NOT NULL,
    subject_id      BINARY(16)   NOT NULL,
    language        VARCHAR(16)  CHARACTER SET ascii NOT NULL,
    time_zone       VARCHAR(48)  CHARACTER SET ascii NOT NULL,
    color_scheme    VARCHAR(8)   CHARACTER SET ascii NOT NULL,
    failed_sign_ins INT          NOT NULL,
    locked_until    DATETIME(6)  NULL,
    created_at      DATETIME(6)  NOT NULL,
    verified_at     DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY by_email (tenant_id, email_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
