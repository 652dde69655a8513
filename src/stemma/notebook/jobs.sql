-- Imports that run beside the reader. paths: JSON list of what is read; state: waiting, running, done, failed, stopped;
-- pid: the process that works, 0 for none; what it counts stands in the columns behind. told: JSON list of what could
-- not be read: where, why.
CREATE TABLE IF NOT EXISTS job (
    row INTEGER PRIMARY KEY, deed TEXT NOT NULL, name TEXT NOT NULL, paths TEXT NOT NULL, stated TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', pid INTEGER NOT NULL DEFAULT 0,
    found INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0, bad INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0, total INTEGER, told TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '',
    ended TEXT NOT NULL DEFAULT ''
);
