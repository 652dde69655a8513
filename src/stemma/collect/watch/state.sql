CREATE TABLE IF NOT EXISTS page (
    address TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    source TEXT NOT NULL,            -- address of the source that lists it
    kind TEXT NOT NULL,              -- feed, sitemap, page: what is asked for
    due REAL,                        -- when it is asked for next; NULL: no more
    first REAL,                      -- when it was first observed
    seen REAL,                       -- when it was last observed
    tag TEXT, modified TEXT,         -- what a conditional request says
    digest TEXT,                     -- of the bytes last observed
    failures INTEGER NOT NULL DEFAULT 0,
    told TEXT NOT NULL DEFAULT ''    -- why it was not observed the last time
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_due ON page (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS host (
    name TEXT PRIMARY KEY,
    free REAL NOT NULL DEFAULT 0,    -- before that it is left alone
    failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rules (
    origin TEXT PRIMARY KEY, text TEXT NOT NULL, until REAL NOT NULL,
    why TEXT NOT NULL                -- said of what they keep us from
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS observation (
    address TEXT NOT NULL, at TEXT NOT NULL,
    outcome TEXT NOT NULL            -- new, changed, same, or why it was not observed
);
CREATE INDEX IF NOT EXISTS observation_of ON observation (address, at);
