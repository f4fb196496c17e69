-- One for each that a list of tickets can be asked for, so that no page reads more rows than it shows. The last is for the job
-- that raises what is due, which would read all that was raised before every few seconds.
ALTER TABLE service_desk_ticket
    ADD KEY IF NOT EXISTS by_account_activity (tenant_id, account_id, active_at, id),
    ADD KEY IF NOT EXISTS by_subject (tenant_id, account_id, about_kind, about_id, id),
    DROP KEY IF EXISTS by_account,
    ADD KEY IF NOT EXISTS by_queue_state (tenant_id, queue, state, active_at, id),
    ADD KEY IF NOT EXISTS by_assignee_queue (tenant_id, assignee, queue, active_at, id),
    ADD KEY IF NOT EXISTS by_assignee_state (tenant_id, assignee, state, active_at, id),
    ADD KEY IF NOT EXISTS by_assignee_queue_state (tenant_id, assignee, queue, state, active_at, id),
    ADD KEY IF NOT EXISTS due_in_state (tenant_id, state, due_at, id),
    ADD KEY IF NOT EXISTS due_in_queue_state (tenant_id, queue, state, due_at, id),
    ADD KEY IF NOT EXISTS due_of_assignee_in_queue (tenant_id, assignee, queue, is_unsolved, due_at, id),
    ADD KEY IF NOT EXISTS due_unraised (tenant_id, is_unsolved, escalated_at, due_at, id)
