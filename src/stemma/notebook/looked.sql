-- Which capture of a page a reader has seen last.
CREATE TABLE IF NOT EXISTS looked (
    address TEXT NOT NULL, by TEXT NOT NULL, document TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (address, by)
) WITHOUT ROWID;
