DROP TABLE IF EXISTS subscriptions_phase
