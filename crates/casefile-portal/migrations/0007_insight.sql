-- What the analysers found in each bundle, and what reports of the same problem are recognised by. Can be made again from the evidence.
CREATE TABLE insight (
    report TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    -- When the bundle came.
    received_at BIGINT NOT NULL,
    -- Of the analysers: those of another version look again.
    version BIGINT NOT NULL,
    findings TEXT NOT NULL,
    gist TEXT NOT NULL,
    PRIMARY KEY (report, sha256)
);
CREATE INDEX insight_of_ticket ON insight (ticket);
CREATE INDEX insight_by_time ON insight (received_at);
