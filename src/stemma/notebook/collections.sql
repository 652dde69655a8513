-- Collections of statements and pages. query: what stands behind "?" in the address of a search; '' where it is made by
-- hand. piece: what was put in by hand. version: what a collection held when it was frozen, as lines of a manifest.
CREATE TABLE IF NOT EXISTS collection (
    row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT NOT NULL DEFAULT '', query TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS piece (
    row INTEGER PRIMARY KEY, collection INTEGER NOT NULL REFERENCES collection ON DELETE CASCADE, about TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', by TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (collection, about)
);
CREATE TABLE IF NOT EXISTS version (
    collection INTEGER NOT NULL REFERENCES collection, number INTEGER NOT NULL, manifest TEXT NOT NULL,
    digest TEXT NOT NULL, pieces INTEGER NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (collection, number)
) WITHOUT ROWID;
