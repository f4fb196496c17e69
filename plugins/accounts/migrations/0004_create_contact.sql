CREATE TABLE IF NOT EXISTS accounts_contact (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id BINARY(16)   NOT NULL,
    id         BINARY(16)   NOT NULL,
    name       VARCHAR(120) NOT NULL,
    email      VARCHAR(254) NOT NULL,
    role       VARCHAR(12)  CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, account_id, id),
    CONSTRAINT accounts_contact_of FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
