-- Watches: saved queries that tell of what is new. query: what stands behind "?" in the address of a search.
-- mark: up to which page (in order of adding) the watch has looked; due: when a digest is made next, seconds since 1970.
CREATE TABLE IF NOT EXISTS watch (
    row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('feed', 'file', 'webhook', 'mail')), target TEXT NOT NULL DEFAULT '',
    change TEXT NOT NULL CHECK (change IN ('new', 'wording', 'both')), least INTEGER NOT NULL DEFAULT 1,
    digest TEXT NOT NULL CHECK (digest IN ('none', 'daily', 'weekly')), secret TEXT NOT NULL UNIQUE,
    by TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, mark INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0
);
-- What a watch found. batch: 0 while it waits, then the one that it went out with; -1: it may not be sent any more.
CREATE TABLE IF NOT EXISTS finding (
    watch INTEGER NOT NULL REFERENCES watch (row) ON DELETE CASCADE, statement TEXT NOT NULL, document TEXT NOT NULL,
    sign TEXT NOT NULL CHECK (sign IN ('new', 'wording')), at TEXT NOT NULL, batch INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (watch, statement, sign)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS finding_batch ON finding (watch, batch);
-- What is to go out. key: told to whoever gets it, so that what comes twice is known. sent: '' until it went out.
CREATE TABLE IF NOT EXISTS batch (
    row INTEGER PRIMARY KEY, watch INTEGER NOT NULL REFERENCES watch (row) ON DELETE CASCADE, key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL, sent TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0, next REAL NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS batch_open ON batch (watch, sent);
