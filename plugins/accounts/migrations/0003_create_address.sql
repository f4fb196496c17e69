CREATE TABLE IF NOT EXISTS accounts_address (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id  BINARY(16)   NOT NULL,
    id          BINARY(16)   NOT NULL,
    label       VARCHAR(80)  NOT NULL,
    line1       VARCHAR(160) NOT NULL,
    line2       VARCHAR(160) NOT NULL,
    postal_code VARCHAR(20)  NOT NULL,
    city        VARCHAR(120) NOT NULL,
    country     CHAR(2)      CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, account_id, id),
    CONSTRAINT accounts_address_of FOREIGN KEY (tenant_id, account_id) REFERENCES accounts_account (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
