CREATE TABLE IF NOT EXISTS orders_line (
    tenant_id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id        BINARY(16)   NOT NULL,
    position        INT          NOT NULL,
    plan            VARCHAR(120) NOT NULL,
    plan_name       VARCHAR(160) NOT NULL,
    product         VARCHAR(160) NOT NULL,
    quantity        VARCHAR(32)  CHARACTER SET ascii NOT NULL,
    frequency       VARCHAR(24)  CHARACTER SET ascii NOT NULL,
    unit_price      VARCHAR(32)  CHARACTER SET ascii NOT NULL,
    amount          BIGINT       NOT NULL,
    tax_class       VARCHAR(64)  NOT NULL,
    site            VARCHAR(160) NOT NULL,
    activated_at    DATETIME(6)  NULL,
    subscription_id BINARY(16)   NULL,
    PRIMARY KEY (tenant_id, order_id, position),
    CONSTRAINT orders_line_of FOREIGN KEY (tenant_id, order_id) REFERENCES orders_order (tenant_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
