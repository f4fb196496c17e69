-- Letters are counted for each currency (DU-02), and what was suspended is noted to be resumed.
ALTER TABLE payments_standing
    ADD COLUMN IF NOT EXISTS blocked    TINYINT    NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS reminders  MEDIUMTEXT NULL,
    ADD COLUMN IF NOT EXISTS suspended  MEDIUMTEXT NULL,
    ADD COLUMN IF NOT EXISTS announced  DATE       NULL
