-- Searches that readers keep: the part of the address behind "?", under a name of theirs.
CREATE TABLE IF NOT EXISTS saved (
    row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL, at TEXT NOT NULL,
    by TEXT NOT NULL DEFAULT ''
);
