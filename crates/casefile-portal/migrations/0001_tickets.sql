-- Times are milliseconds since 1970-01-01T00:00:00Z. Only text, bigint and blob-free columns: the same text
-- serves SQLite and PostgreSQL.

-- Numbers that have to be without gaps and without doubles.
CREATE TABLE counter (
    name TEXT PRIMARY KEY NOT NULL,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('ticket', 0);

-- The plans that tickets were registered under, by the SHA-256 of their text. Never changed, never deleted.
CREATE TABLE plan (
    digest TEXT PRIMARY KEY NOT NULL,
    source TEXT NOT NULL
);

CREATE TABLE ticket (
    id BIGINT PRIMARY KEY NOT NULL,
    number TEXT NOT NULL UNIQUE,
    registered_at BIGINT NOT NULL,
    plan TEXT NOT NULL REFERENCES plan (digest)
);

-- What a client registered. Its text is stored as it was received, in canonical form.
CREATE TABLE report (
    id TEXT PRIMARY KEY NOT NULL,
    ticket BIGINT NOT NULL UNIQUE REFERENCES ticket (id),
    secret TEXT NOT NULL,
    body TEXT NOT NULL
);

-- The history of a ticket; nothing in it is ever changed. `n` counts from 1 in each ticket, `key` makes a
-- repeated event the same event.
CREATE TABLE event (
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (ticket, n),
    UNIQUE (ticket, key)
);

-- Bundles on their way. How much has arrived is the length of the file.
CREATE TABLE upload (
    id TEXT PRIMARY KEY NOT NULL,
    report TEXT NOT NULL REFERENCES report (id),
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    refused TEXT,
    UNIQUE (report, sha256)
);

-- Bundles that arrived and were checked.
CREATE TABLE evidence (
    report TEXT NOT NULL REFERENCES report (id),
    sha256 TEXT NOT NULL,
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    bytes BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (report, sha256)
);
CREATE INDEX evidence_of_ticket ON evidence (ticket);
