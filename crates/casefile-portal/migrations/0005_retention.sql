-- What is still kept of a report: 2 everything, 1 what people wrote but no bundles, 0 only what the counting needs.
ALTER TABLE report ADD COLUMN kept BIGINT NOT NULL DEFAULT 2;
ALTER TABLE report ADD COLUMN erased_at BIGINT;

-- Since when a ticket is over, and whether as spam: how long things are kept begins there.
ALTER TABLE standing ADD COLUMN over_since BIGINT;
ALTER TABLE standing ADD COLUMN is_spam BIGINT NOT NULL DEFAULT 0;
CREATE INDEX standing_by_age ON standing (over_since);

-- Files that a customer added by hand. They lie beside the bundles, under their SHA-256.
CREATE TABLE attachment (
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    n BIGINT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (ticket, n),
    UNIQUE (ticket, sha256)
);
