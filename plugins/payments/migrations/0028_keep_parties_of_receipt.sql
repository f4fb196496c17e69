-- Who it is from and for, as it was first printed. NULL: it was not.
ALTER TABLE payments_receipt ADD COLUMN IF NOT EXISTS parties MEDIUMTEXT NULL
