-- Statements of a Stemma archive for SQL and Datasette. An empty cell (NULL) says that a thing is not known.
-- A statement is what a page reports that somebody said; nothing here is stated as fact.

-- What this file is, and what was asked for.
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

-- What each column means.
CREATE TABLE columns ("table" TEXT, "column" TEXT, means TEXT, PRIMARY KEY ("table", "column")) WITHOUT ROWID;

-- One captured page each.
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    title TEXT,
    outlet TEXT,
    published TEXT,
    published_basis TEXT,
    language TEXT,
    url TEXT,
    capture TEXT NOT NULL,
    fetched TEXT,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    layout TEXT NOT NULL,
    characters INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    reserved TEXT,
    text TEXT
);

-- Somebody who speaks, as the archive joins spellings of a name.
CREATE TABLE persons (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT);

-- What a page reports that somebody said.
CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id),
    line TEXT NOT NULL,
    speaker TEXT,
    perhaps TEXT,
    kind TEXT NOT NULL,
    polarity TEXT NOT NULL,
    words TEXT,
    words_length INTEGER NOT NULL,
    words_sha256 TEXT NOT NULL,
    said TEXT,
    earliest TEXT,
    latest TEXT,
    said_words TEXT,
    utterance TEXT,
    witnesses INTEGER NOT NULL,
    confidence REAL NOT NULL,
    method TEXT,
    people TEXT,
    fragment TEXT,
    start INTEGER,
    "end" INTEGER
);

-- Who speaks in a statement; several: a joint statement.
CREATE TABLE speakers (
    statement TEXT NOT NULL REFERENCES statements (id),
    place INTEGER NOT NULL,
    person TEXT REFERENCES persons (id),
    name TEXT NOT NULL,
    role TEXT,
    reason TEXT,
    confidence REAL NOT NULL,
    PRIMARY KEY (statement, place)
) WITHOUT ROWID;

-- Who stands between the outlet and the speaker, nearest to the outlet first.
CREATE TABLE hops (
    statement TEXT NOT NULL REFERENCES statements (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    inferred INTEGER NOT NULL,
    proof TEXT,
    confidence REAL NOT NULL,
    document TEXT REFERENCES articles (id),
    relay TEXT NOT NULL,
    PRIMARY KEY (statement, place)
) WITHOUT ROWID;

-- Where two witnesses of one utterance differ in their wording.
CREATE TABLE variants (
    id TEXT PRIMARY KEY,
    utterance TEXT NOT NULL,
    "left" TEXT REFERENCES articles (id),
    "right" TEXT REFERENCES articles (id),
    left_words TEXT,
    right_words TEXT,
    differences TEXT NOT NULL,
    similarity REAL NOT NULL
);

-- Full text; written so that Datasette sees what it is of.
CREATE VIRTUAL TABLE statements_fts USING fts5 (
    words, speaker, line, content="statements", tokenize="unicode61 remove_diacritics 2"
);
CREATE VIEW timeline AS
    SELECT coalesce(said, substr(published, 1, 10)) AS day, iif(said IS NULL, 'published', 'said') AS basis,
        line, outlet, statements.id AS statement, article
    FROM statements JOIN articles ON articles.id = article WHERE day IS NOT NULL ORDER BY day;
