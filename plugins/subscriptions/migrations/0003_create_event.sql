CREATE TABLE IF NOT EXISTS subscriptions_event (
    tenant_id       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subscription_id BINARY(16)   NOT NULL,
    id              BINARY(16)   NOT NULL,
    at              DATETIME(6)  NOT NULL,
    kind            VARCHAR(20)  CHARACTER SET ascii NOT NULL,
    detail          VARCHAR(200) NOT NULL,
    PRIMARY KEY (tenant_id, subscription_id, id),
    CONSTRAINT subscriptions_event_of FOREIGN KEY (tenant_id, subscription_id)
        REFERENCES subscriptions_subscription (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
