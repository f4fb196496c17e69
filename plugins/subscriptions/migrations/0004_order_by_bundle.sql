ALTER TABLE subscriptions_subscription
    ADD KEY IF NOT EXISTS by_bundle (tenant_id, account_id, bundle_id DESC, id, state),
    DROP KEY IF EXISTS by_account
