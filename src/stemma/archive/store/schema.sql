-- One archive in one file. A page's records lie packed in `reading`; all other tables are narrow indexes
-- over them, or facts that concern several pages. Ids stand in `ids` as integers (see ids.py).

-- size: bytes of the page as it came.
CREATE TABLE snapshot (row INTEGER PRIMARY KEY, body BLOB NOT NULL, size INTEGER NOT NULL DEFAULT 0);

-- Files of WARC records and the part of them that counts; what lies beyond was left by a writer that was killed.
CREATE TABLE segment (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER NOT NULL);

-- Where the record of a snapshot lies. request: bytes of the request's record behind it, 0 for none;
-- holder: the snapshot whose record holds the bytes; digest: the first eight bytes of their SHA-256.
CREATE TABLE capture (
    snapshot INTEGER PRIMARY KEY, segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    request INTEGER NOT NULL, holder INTEGER NOT NULL, digest INTEGER NOT NULL
);
CREATE INDEX capture_digest ON capture (digest);
CREATE INDEX capture_segment ON capture (segment, offset);

-- reading: the current one, NULL once a later layout of the same snapshot took over.
-- address: hash of the page's address, NULL where it has none.
-- language, letters (characters of the text), reserved (a bit for each of RESERVATIONS), statements: for coverage.
CREATE TABLE document (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, snapshot INTEGER NOT NULL, reading INTEGER,
    outlet TEXT, published TEXT, address INTEGER, relays INTEGER NOT NULL DEFAULT 0,
    language TEXT, letters INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0,
    statements INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX document_snapshot ON document (snapshot);
CREATE INDEX document_address ON document (address) WHERE address IS NOT NULL;
CREATE TABLE wording (document INTEGER PRIMARY KEY, body BLOB NOT NULL);

-- What one set of runs found in one snapshot; document is NULL where it found no text.
CREATE TABLE reading (
    row INTEGER PRIMARY KEY, snapshot INTEGER NOT NULL, document INTEGER, runs INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE INDEX reading_snapshot ON reading (snapshot, runs);
CREATE INDEX reading_document ON reading (document);
-- current: how many snapshots have their newest reading under this set of runs.
CREATE TABLE runs (row INTEGER PRIMARY KEY, ids TEXT NOT NULL UNIQUE, current INTEGER NOT NULL DEFAULT 0);
-- Snapshots that no run has read yet, or of which something else was stated since.
CREATE TABLE unread (snapshot INTEGER PRIMARY KEY);

-- document: 0 for what lies outside a page's records; at: row of snapshot, name or fact; below 0: of a superseded fact.
CREATE TABLE ids (
    key INTEGER NOT NULL, document INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (key, document, at)
) WITHOUT ROWID;

-- The statements of current readings; a row number begins with the day of publication (see lines.py).
CREATE TABLE line (
    row INTEGER PRIMARY KEY, document INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, said INTEGER,
    voiced INTEGER NOT NULL
);
CREATE INDEX line_unvoiced ON line (row) WHERE voiced = 0;
CREATE INDEX line_document ON line (document, n);
CREATE INDEX line_said ON line (said) WHERE said IS NOT NULL;
CREATE VIEW line_words AS
    SELECT row, stemma_said(document, n) AS said, stemma_around(document, n) AS around FROM line;
CREATE VIRTUAL TABLE search USING fts5 (
    said, around, content = 'line_words', content_rowid = 'row', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

-- Every spelling of a name by kind; entity: row of the name that stands for all of one entity.
CREATE TABLE name (
    row INTEGER PRIMARY KEY, form TEXT NOT NULL, kind TEXT NOT NULL, folded TEXT NOT NULL,
    count INTEGER NOT NULL DEFAULT 0, entity INTEGER, UNIQUE (form, kind)
);
CREATE INDEX name_folded ON name (folded, kind);
CREATE INDEX name_entity ON name (entity);
CREATE VIRTUAL TABLE names USING fts5 (
    form, content = '', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
-- Names that no page uses any more; they do not stand in `names`.
CREATE TABLE hidden (name INTEGER PRIMARY KEY);
CREATE TABLE uses (
    name INTEGER NOT NULL, document INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (name, document)
) WITHOUT ROWID;
-- Short forms that a page resolves itself: there the name means the full one.
CREATE TABLE meant (
    name INTEGER NOT NULL, document INTEGER NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (name, document, whole)
) WITHOUT ROWID;
CREATE INDEX meant_whole ON meant (whole, name);
CREATE TABLE voice (name INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (name, line)) WITHOUT ROWID;

-- What each statement of a page shows to a search beside its words (see faces); none where a page has no statement.
CREATE TABLE face (document INTEGER PRIMARY KEY, body TEXT NOT NULL);
-- Statements that another capture of their page words otherwise or lacks.
CREATE TABLE edited (line INTEGER PRIMARY KEY);

-- Records that are not of one page. left, right: rows of documents (v, y) or names (j), right of the snapshot (k);
-- about: id of the record that a problem or correction is about; 'person' of a judgement that a person made;
-- givers: how many keys of Group stages give it, plus one where it was added by itself; binds: whether it is a
-- judgement that joins or parts names: any of a person, "same" of a comparer.
CREATE TABLE fact (
    row INTEGER PRIMARY KEY, kind TEXT NOT NULL, left INTEGER, right INTEGER, about TEXT,
    givers INTEGER NOT NULL, binds INTEGER NOT NULL, body BLOB NOT NULL, stage INTEGER NOT NULL DEFAULT 0
);
-- What other stages than that of the body say of the same fact; givers: how many of their keys, counted in fact too.
CREATE TABLE beneath (
    fact INTEGER NOT NULL, stage INTEGER NOT NULL, givers INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (fact, stage)
) WITHOUT ROWID;
CREATE INDEX fact_left ON fact (kind, left, right);
CREATE INDEX fact_right ON fact (kind, right);
CREATE INDEX fact_about ON fact (about) WHERE about IS NOT NULL;
-- Facts that nothing gives any more: still reached by id, in no view and no export.
CREATE TABLE past (row INTEGER PRIMARY KEY, kind TEXT NOT NULL, left INTEGER, right INTEGER, body BLOB NOT NULL);

-- What pages offered to Group stages. run: under which all that is on offer to a stage stands; due: documents up to
-- this row must offer again to it. item: document is 0 once its page no longer offers it; packed: U+0001 stands for the
-- id of the document; named: items that several pages may offer, by a hash of their name; key: a hash too; name: the
-- key itself; waiting: keys and items that do not stand in member yet; wakes: whether such an item ends a key's rest.
CREATE TABLE stage (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, run TEXT, due INTEGER NOT NULL DEFAULT 0);
CREATE TABLE item (
    row INTEGER PRIMARY KEY, stage INTEGER NOT NULL, document INTEGER NOT NULL, packed TEXT NOT NULL,
    named INTEGER NOT NULL
);
CREATE INDEX item_document ON item (document);
CREATE TABLE named (hash INTEGER PRIMARY KEY, item INTEGER NOT NULL);
CREATE TABLE member (key INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (key, item)) WITHOUT ROWID;
CREATE TABLE waiting (
    stage INTEGER NOT NULL, key INTEGER NOT NULL, item INTEGER NOT NULL, name TEXT NOT NULL,
    wakes INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE touched (
    stage INTEGER NOT NULL, key INTEGER NOT NULL, name TEXT NOT NULL, mark INTEGER NOT NULL, PRIMARY KEY (stage, key)
) WITHOUT ROWID;
-- facts: rows of what a key gave; said: for each of them eight bytes of a hash over what the key says of it.
CREATE TABLE settled (
    key INTEGER PRIMARY KEY, stage INTEGER NOT NULL, facts TEXT NOT NULL, said BLOB NOT NULL DEFAULT x''
);
-- Keys that give nothing more, whatever comes, until they have so many items; sum: a hash over the row.
CREATE TABLE resting (
    key INTEGER PRIMARY KEY, stage INTEGER NOT NULL, until INTEGER NOT NULL, sum INTEGER NOT NULL
);

-- Views in the making: what must be looked at again (see stale.py; other: a document or a mark), statements of one wording, and their groups.
CREATE TABLE stale (
    kind INTEGER NOT NULL, row INTEGER NOT NULL, other INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (kind, row, other)
) WITHOUT ROWID;
CREATE TABLE twin (
    line INTEGER NOT NULL, other INTEGER NOT NULL, share INTEGER NOT NULL, PRIMARY KEY (line, other)
) WITHOUT ROWID;
CREATE TABLE utterance (line INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE INDEX utterance_first ON utterance (first);

-- Counts, kept as the rows change, so that nobody reads a large archive to say how large it is. tally: snapshots (c), facts by
-- their kind, entities that speak (e), statements that are not the first of their utterance (w). shelf: shown documents
-- by outlet and language, '' where it is not known. spoken: lines in which an entity is named as speaker.
CREATE TABLE tally (what TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE shelf (
    outlet TEXT NOT NULL, language TEXT NOT NULL, documents INTEGER NOT NULL, statements INTEGER NOT NULL,
    relays INTEGER NOT NULL, PRIMARY KEY (outlet, language)
) WITHOUT ROWID;
CREATE TABLE spoken (entity INTEGER PRIMARY KEY, lines INTEGER NOT NULL);
CREATE TRIGGER snapshot_comes AFTER INSERT ON snapshot BEGIN
    INSERT INTO tally VALUES ('c', 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER fact_comes AFTER INSERT ON fact BEGIN
    INSERT INTO tally VALUES (NEW.kind, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER fact_goes AFTER DELETE ON fact BEGIN
    UPDATE tally SET count = count - 1 WHERE what = OLD.kind;
END;
CREATE TRIGGER utterance_comes AFTER INSERT ON utterance WHEN NEW.line <> NEW.first BEGIN
    INSERT INTO tally VALUES ('w', 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER utterance_goes AFTER DELETE ON utterance WHEN OLD.line <> OLD.first BEGIN
    UPDATE tally SET count = count - 1 WHERE what = 'w';
END;
CREATE TRIGGER spoken_comes AFTER INSERT ON spoken BEGIN
    INSERT INTO tally VALUES ('e', 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER spoken_goes AFTER DELETE ON spoken BEGIN
    UPDATE tally SET count = count - 1 WHERE what = 'e';
END;
CREATE TRIGGER voice_comes AFTER INSERT ON voice BEGIN
    INSERT INTO spoken SELECT coalesce(entity, row), 1 FROM name WHERE row = NEW.name
        ON CONFLICT DO UPDATE SET lines = lines + 1;
END;
CREATE TRIGGER voice_goes AFTER DELETE ON voice BEGIN
    UPDATE spoken SET lines = lines - 1 WHERE entity = (SELECT coalesce(entity, row) FROM name WHERE row = OLD.name);
    DELETE FROM spoken WHERE entity = (SELECT coalesce(entity, row) FROM name WHERE row = OLD.name) AND lines < 1;
END;
CREATE TRIGGER name_moves AFTER UPDATE OF entity ON name
WHEN coalesce(OLD.entity, OLD.row) <> coalesce(NEW.entity, NEW.row) BEGIN
    INSERT INTO spoken SELECT * FROM (
        SELECT coalesce(NEW.entity, NEW.row), (SELECT count(*) FROM voice WHERE name = NEW.row) AS own
    ) WHERE own > 0 ON CONFLICT DO UPDATE SET lines = lines + excluded.lines;
    UPDATE spoken SET lines = lines - (SELECT count(*) FROM voice WHERE name = NEW.row)
        WHERE entity = coalesce(OLD.entity, OLD.row);
    DELETE FROM spoken WHERE entity = coalesce(OLD.entity, OLD.row) AND lines < 1;
END;
CREATE TRIGGER document_changes AFTER UPDATE ON document BEGIN
    UPDATE shelf SET documents = documents - 1, statements = statements - OLD.statements, relays = relays - OLD.relays
        WHERE OLD.reading IS NOT NULL AND outlet = coalesce(OLD.outlet, '') AND language = coalesce(OLD.language, '');
    INSERT INTO shelf SELECT coalesce(NEW.outlet, ''), coalesce(NEW.language, ''), 1, NEW.statements, NEW.relays
        WHERE NEW.reading IS NOT NULL ON CONFLICT DO UPDATE SET documents = documents + 1,
        statements = statements + excluded.statements, relays = relays + excluded.relays;
    DELETE FROM shelf WHERE outlet = coalesce(OLD.outlet, '') AND language = coalesce(OLD.language, '') AND documents < 1;
END;
