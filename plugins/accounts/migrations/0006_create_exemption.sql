CREATE TABLE IF NOT EXISTS accounts_exemption (
    tenant_id   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id  BINARY(16)   NOT NULL,
    tax         VARCHAR(40)  CHARACTER SET ascii NOT NULL,
    certificate VARCHAR(120) NOT NULL,
    until_on    DATE         NOT NULL,
    PRIMARY KEY (tenant_id, account_id, tax),
    CONSTRAINT accounts_exemption_of FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
