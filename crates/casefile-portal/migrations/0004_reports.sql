-- Reports of periods that are over, as they were counted the first time, with the SHA-256 of their text.
CREATE TABLE frozen (
    period TEXT PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    frozen_at BIGINT NOT NULL
);

-- What a quarterly review wants to become better. `due` is a civil date; `state` is `open`, `done` or `dropped`.
CREATE TABLE improvement (
    id BIGINT PRIMARY KEY NOT NULL,
    quarter TEXT NOT NULL,
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_in TEXT
);
INSERT INTO counter (name, value) VALUES ('improvement', 0);
