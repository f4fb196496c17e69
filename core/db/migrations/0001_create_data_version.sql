CREATE TABLE IF NOT EXISTS data_version (
    tenant_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id BINARY(16) NOT NULL,
    version    BIGINT     NOT NULL,
    PRIMARY KEY (tenant_id, subject_id)
) ENGINE = InnoDB
