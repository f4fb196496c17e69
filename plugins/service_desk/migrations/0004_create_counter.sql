CREATE TABLE IF NOT EXISTS service_desk_counter (
    tenant_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    year        SMALLINT    NOT NULL,
    last_number INT         NOT NULL,
    PRIMARY KEY (tenant_id, year)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
