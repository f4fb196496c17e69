CREATE TABLE IF NOT EXISTS core_job_turn (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    plugin       VARCHAR(40)  CHARACTER SET ascii NOT NULL,
    job          VARCHAR(40)  CHARACTER SET ascii NOT NULL,
    epoch        BIGINT       NOT NULL,
    leased_until DATETIME(6)  NOT NULL,
    due_at       DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, plugin, job)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
