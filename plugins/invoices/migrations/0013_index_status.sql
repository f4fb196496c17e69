-- What an account has not settled is a few documents of very many.
ALTER TABLE invoices_document ADD KEY IF NOT EXISTS by_status (tenant_id, account_id, status, currency)
