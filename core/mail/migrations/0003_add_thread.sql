-- Where a mail stands among others, where answers to it go, and whether it tells that another failed.
ALTER TABLE mail_outbox ADD COLUMN IF NOT EXISTS message_id VARCHAR(250) CHARACTER SET ascii NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS thread TEXT CHARACTER SET ascii NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS reply_to VARCHAR(254) NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS is_bounce BOOLEAN NOT NULL DEFAULT FALSE
