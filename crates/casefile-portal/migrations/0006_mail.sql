-- Mails that came in. What was received lies in the folder `mail`; this says what became of it.
CREATE TABLE mail (
    -- SHA-256 of the raw text.
    id TEXT PRIMARY KEY NOT NULL,
    received_at BIGINT NOT NULL,
    -- How often it was begun without coming to an end: what kills the portal is not tried for ever.
    attempts BIGINT NOT NULL,
    -- `new`, then `registered`, `answered`, `folded`, `noted`, `repeated`, `dropped`, `held`, `poison`.
    outcome TEXT NOT NULL,
    why TEXT,
    ticket BIGINT REFERENCES ticket (id),
    sender TEXT,
    subject TEXT,
    message_id TEXT,
    -- What makes two mails the same, whichever way they came.
    content TEXT,
    -- Names and sizes of what came along, as JSON.
    attachments TEXT NOT NULL
);
CREATE INDEX mail_by_message_id ON mail (message_id);
CREATE INDEX mail_by_content ON mail (content);
CREATE INDEX mail_by_time ON mail (received_at);
CREATE INDEX mail_of_ticket ON mail (ticket);
CREATE INDEX mail_by_sender ON mail (sender, received_at);

-- How far each mailbox was read.
CREATE TABLE mailbox (
    name TEXT PRIMARY KEY NOT NULL,
    uid_validity BIGINT NOT NULL,
    last_uid BIGINT NOT NULL
);

-- What has to leave the portal: mails and webhooks. The key makes each once.
CREATE TABLE outgoing (
    id BIGINT PRIMARY KEY NOT NULL,
    key TEXT NOT NULL UNIQUE,
    -- `mail` or `hook`.
    way TEXT NOT NULL,
    kind TEXT NOT NULL,
    ticket BIGINT REFERENCES ticket (id),
    notice BIGINT REFERENCES notice (id),
    -- An address, or the name of a webhook; the login beside it, where it is one of the staff.
    recipient TEXT NOT NULL,
    login TEXT,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The id of the mail that it answers.
    answers TEXT,
    created_at BIGINT NOT NULL,
    -- `pending`, then `sent`, `failed` or `suppressed`.
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    settled_at BIGINT,
    why TEXT,
    acknowledged_at BIGINT
);
CREATE INDEX outgoing_by_state ON outgoing (state, next_at);
CREATE INDEX outgoing_of_ticket ON outgoing (ticket);
CREATE INDEX outgoing_by_recipient ON outgoing (recipient, created_at);
INSERT INTO counter (name, value) VALUES ('outgoing', 0);

-- Keys of this portal.
CREATE TABLE keyring (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);
