-- Where a provider's list and our books differ: decided by a person by name, and never by itself.
CREATE TABLE IF NOT EXISTS payments_difference (
    tenant_id      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id             BINARY(16)   NOT NULL,
    instance       VARCHAR(64)  CHARACTER SET ascii NOT NULL,
    kind           VARCHAR(20)  CHARACTER SET ascii NOT NULL,
    about          VARCHAR(20)  CHARACTER SET ascii NOT NULL,
    provider_id    VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    reference      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    payment_id     BINARY(16)   NULL,
    here           BIGINT       NULL,
    here_currency  CHAR(3)      CHARACTER SET ascii NULL,
    there          BIGINT       NULL,
    there_currency CHAR(3)      CHARACTER SET ascii NULL,
    found_at       DATETIME(6)  NOT NULL,
    closed_at      DATETIME(6)  NULL,
    closed_by      VARCHAR(100) NOT NULL,
    answer         VARCHAR(200) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY by_subject (tenant_id, instance, kind, about, provider_id),
    KEY by_opening (tenant_id, closed_at, found_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
