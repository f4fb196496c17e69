-- Each currency is tried by its own days. The columns of before have the most tries and the first day.
ALTER TABLE payments_standing ADD COLUMN IF NOT EXISTS retries MEDIUMTEXT NULL
