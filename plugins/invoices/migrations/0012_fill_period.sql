-- As Document::Period: of the lines that cover any time.
UPDATE invoices_document d
SET covers_from = (SELECT MIN(l.covers_from) FROM invoices_line l WHERE l.tenant_id = d.tenant_id
                   AND l.document_id = d.id AND l.covers_from < l.covers_to),
    covers_to = (SELECT MAX(l.covers_to) FROM invoices_line l WHERE l.tenant_id = d.tenant_id
                 AND l.document_id = d.id AND l.covers_from < l.covers_to)
