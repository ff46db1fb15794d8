-- Who did what is written: `customer`, `portal`, or `staff:LOGIN`. What is there already came from clients.
ALTER TABLE event ADD COLUMN actor TEXT NOT NULL DEFAULT 'customer';

-- What opens the customer's page of a ticket: 128 random bits. Tickets that are older get theirs at the next start.
ALTER TABLE report ADD COLUMN link TEXT;
CREATE UNIQUE INDEX report_of_link ON report (link);

-- How each ticket stands, for lists and for the loop. Only a cache of the events: it is built again when `version`
-- is not the one that the portal writes.
CREATE TABLE standing (
    ticket BIGINT PRIMARY KEY NOT NULL REFERENCES ticket (id),
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    priority TEXT NOT NULL,
    category TEXT NOT NULL,
    kind TEXT NOT NULL,
    assignee TEXT,
    -- 1 when it is closed or void.
    is_over BIGINT NOT NULL,
    -- What has to be done next, and by when; the end of time when nothing is promised. A promise that is broken and
    -- still open stays in front.
    due_at BIGINT NOT NULL,
    due_clock TEXT,
    -- 1 when a promise is broken and still open.
    is_late BIGINT NOT NULL,
    -- 1 when the customer wrote last.
    is_unanswered BIGINT NOT NULL,
    is_handed_over BIGINT NOT NULL,
    -- After this instant the passing of time alone changes something.
    changes_at BIGINT,
    title TEXT NOT NULL,
    app TEXT NOT NULL
);
CREATE INDEX standing_by_due ON standing (is_over, due_at, ticket);
CREATE INDEX standing_by_change ON standing (changes_at);
CREATE INDEX standing_by_kind ON standing (is_over, state, is_late, is_unanswered, is_handed_over, assignee);

-- Who has to be told what. The key makes it once; `pending`, then `sent` or `suppressed`.
CREATE TABLE notice (
    id BIGINT PRIMARY KEY NOT NULL,
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    rule TEXT NOT NULL,
    clock TEXT NOT NULL,
    recipient TEXT NOT NULL,
    -- When it became true, when it was noticed, and when somebody was told.
    since BIGINT NOT NULL,
    noticed_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    settled_at BIGINT,
    acknowledged_at BIGINT,
    acknowledged_by TEXT,
    UNIQUE (ticket, rule, clock, recipient)
);
CREATE INDEX notice_by_state ON notice (state, id);
INSERT INTO counter (name, value) VALUES ('notice', 0);

-- The words of each ticket. The only table that another database would need in another form.
CREATE VIRTUAL TABLE words USING fts5 (body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");
