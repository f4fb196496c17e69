CREATE TABLE IF NOT EXISTS subscriptions_phase (
    tenant_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subscription_id BINARY(16)  NOT NULL,
    from_on         DATE        NOT NULL,
    to_on           DATE        NULL,
    kind            VARCHAR(12) CHARACTER SET ascii NOT NULL,
    unit_price      BIGINT      NOT NULL,
    currency        CHAR(3)     CHARACTER SET ascii NOT NULL,
    PRIMARY KEY (tenant_id, subscription_id, from_on),
    CONSTRAINT subscriptions_phase_of FOREIGN KEY (tenant_id, subscription_id)
        REFERENCES subscriptions_subscription (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
