-- Who may log in where the reader is served to others, what they may see, and who is logged in.
CREATE TABLE IF NOT EXISTS account (
    name TEXT PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('reader', 'editor')),
    secret TEXT NOT NULL, -- argon2id, in the form of PHC strings
    made REAL NOT NULL
) WITHOUT ROWID;
-- Collections to which an account is limited; one without a row here sees the whole archive.
CREATE TABLE IF NOT EXISTS access (
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE, collection TEXT NOT NULL,
    PRIMARY KEY (account, collection)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
    digest BLOB PRIMARY KEY, -- SHA-256 of what the browser or program shows: the file alone logs nobody in
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('browser', 'key')), made REAL NOT NULL, seen REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS guess (
    subject TEXT PRIMARY KEY, -- "account NAME" or "address IP"
    failures INTEGER NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
