-- Where the browser comes back to from the provider page, and each leads to one lookup of the subject: a
-- payment, or a method that is set up.
CREATE TABLE IF NOT EXISTS payments_return (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token      BINARY(16)  NOT NULL,
    account_id BINARY(16)  NOT NULL,
    subject_id BINARY(16)  NOT NULL,
    used_at    DATETIME(6) NULL,
    PRIMARY KEY (tenant_id, token)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
