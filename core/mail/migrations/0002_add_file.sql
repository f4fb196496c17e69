-- What goes with a mail is made when it is sent: by which plugin, and what that calls it.
ALTER TABLE mail_outbox ADD COLUMN IF NOT EXISTS file_plugin VARCHAR(40) CHARACTER SET ascii NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS file VARCHAR(120) CHARACTER SET ascii NOT NULL DEFAULT ''
