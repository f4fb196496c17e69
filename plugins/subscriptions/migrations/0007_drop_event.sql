DROP TABLE IF EXISTS subscriptions_event
