-- How an account pays, and how it is treated while it does not.
CREATE TABLE IF NOT EXISTS payments_standing (
    tenant_id          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id         BINARY(16)  NOT NULL,
    pays_automatically TINYINT     NOT NULL,
    tries              INT         NOT NULL,
    last_try           DATE        NULL,
    next_try           DATE        NULL,
    step               VARCHAR(24) CHARACTER SET ascii NOT NULL,
    promised_on        DATE        NULL,
    pays_by            DATE        NULL,
    letters            INT         NOT NULL,
    last_letter        DATE        NULL,
    PRIMARY KEY (tenant_id, account_id),
    KEY by_step (tenant_id, step, account_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
