-- Who works here. `roles` are words with a space between them; `password` is a PHC string of Argon2id.
CREATE TABLE staff (
    login TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    language TEXT NOT NULL,
    email TEXT,
    password TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Who is signed in: the SHA-256 of what the browser keeps, and what its forms carry.
CREATE TABLE session (
    token TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL REFERENCES staff (login),
    csrf TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- What happened beside tickets: sign-ins, accounts, downloads of evidence.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    login TEXT NOT NULL,
    what TEXT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('audit', 0);
