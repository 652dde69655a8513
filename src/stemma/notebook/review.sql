-- What people decided at the review desk, in order. word: id of the correction or judgement that was kept; '' where
-- nothing was said. place: where its queue went on. undone: 1 once it was taken back.
CREATE TABLE IF NOT EXISTS decision (
    row INTEGER PRIMARY KEY, queue TEXT NOT NULL, about TEXT NOT NULL, deed TEXT NOT NULL, word TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL, at TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS decision_by ON decision (by, row);
CREATE INDEX IF NOT EXISTS decision_queue ON decision (queue, row);
