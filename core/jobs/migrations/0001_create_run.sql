CREATE TABLE IF NOT EXISTS core_job_run (
    tenant_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    day          DATE         NOT NULL,
    plugin       VARCHAR(40)  CHARACTER SET ascii NOT NULL,
    job          VARCHAR(40)  CHARACTER SET ascii NOT NULL,
    state        VARCHAR(8)   CHARACTER SET ascii NOT NULL,
    epoch        INT          NOT NULL,
    leased_until DATETIME(6)  NOT NULL,
    started_at   DATETIME(6)  NOT NULL,
    finished_at  DATETIME(6)  NULL,
    outcome      MEDIUMTEXT   NOT NULL,
    PRIMARY KEY (tenant_id, day, plugin, job)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
