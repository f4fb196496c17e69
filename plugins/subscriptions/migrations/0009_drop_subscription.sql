DROP TABLE IF EXISTS subscriptions_subscription
