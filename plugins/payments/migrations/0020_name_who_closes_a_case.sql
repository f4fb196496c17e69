-- Staff say who they are by name. A case that comes again is open again.
ALTER TABLE payments_case
    ADD COLUMN IF NOT EXISTS decided_by VARCHAR(100) NOT NULL DEFAULT '',
    DROP COLUMN IF EXISTS closed_by
