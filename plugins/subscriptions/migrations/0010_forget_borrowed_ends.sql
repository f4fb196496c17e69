-- An add-on's end and pauses that are its base's are no longer kept: they follow from the base.
UPDATE subscriptions_agreement
SET terms = JSON_REPLACE(terms, '$.pauses', JSON_ARRAY()),
    ends_at = IF(end_reason = 'base_ended', NULL, ends_at),
    end_reason = IF(end_reason = 'base_ended', '', end_reason)
WHERE base_id IS NOT NULL
