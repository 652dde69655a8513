-- The indexes of words in PostgreSQL: the words themselves, parted by blanks, and an index over which of them a row holds.
-- A row reads " what is said | words around " with a blank on both ends, so that words that follow each other are found as
-- they are written; "*" stands before one that no tsvector holds: those are few and are read whenever something is sought.

CREATE FUNCTION stemma_words(words TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 500 AS $$
    SELECT CASE WHEN starts_with(words, '*') THEN CAST('*' AS TSVECTOR)
    ELSE array_to_tsvector(string_to_array(btrim(words, ' '), ' ')) END
$$;

CREATE TABLE search (rowid BIGINT PRIMARY KEY, words TEXT COLLATE "C" NOT NULL);
CREATE INDEX search_words ON search USING gin (stemma_words(words));
CREATE TABLE names (rowid BIGINT PRIMARY KEY, words TEXT COLLATE "C" NOT NULL);
-- Where the server has no pg_trgm, or this user may not add it to the database, names are read one by one.
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN NULL; END $$;
DO $$ DECLARE place NAME;
BEGIN
    SELECT nspname INTO place FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm';
    IF place IS NOT NULL THEN
        EXECUTE format('CREATE INDEX names_words ON names USING gin (words %I.gin_trgm_ops)', place);
    END IF;
END $$;

-- Whether phrases, parted by "|", stand near each other: all on one side, and each begins at most its own words and so many
-- more before the last one. The last word of a phrase that ends in "*" may go on.
CREATE FUNCTION stemma_near(words TEXT, phrases TEXT, distance INTEGER) RETURNS BOOLEAN
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
DECLARE
    phrase TEXT[] := string_to_array(phrases, '|');
    wanted TEXT[] := string_to_array(replace(phrases, '|', ' '), ' ');  -- the words of all phrases, one after the other
    starts INTEGER[] := '{}';  -- where the words of each phrase begin among them
    sizes INTEGER[] := '{}';
    latest INTEGER[];  -- where each phrase began last on this side
    first INTEGER := 1;
    side TEXT;
    own TEXT[];
    begun BOOLEAN;
    word TEXT;
    same INTEGER;
BEGIN
    FOR n IN 1..cardinality(phrase) LOOP
        starts := starts || first;
        sizes := sizes || cardinality(string_to_array(phrase[n], ' '));
        first := first + sizes[n];
    END LOOP;
    FOREACH side IN ARRAY string_to_array(ltrim(words, '*'), '|') LOOP
        own := string_to_array(btrim(side, ' '), ' ');
        latest := array_fill(-1 - distance - cardinality(wanted), ARRAY[cardinality(phrase)]);
        FOR place IN 1..cardinality(own) LOOP
            begun := FALSE;
            FOR n IN 1..cardinality(phrase) LOOP
                same := 0;
                WHILE same < sizes[n] LOOP
                    word := wanted[starts[n] + same];
                    EXIT WHEN own[place + same] IS DISTINCT FROM word AND NOT (
                        same = sizes[n] - 1 AND right(word, 1) = '*'
                        AND coalesce(starts_with(own[place + same], left(word, -1)), FALSE)
                    );
                    same := same + 1;
                END LOOP;
                IF same = sizes[n] THEN
                    latest[n] := place;
                    begun := TRUE;
                END IF;
            END LOOP;
            IF begun AND NOT EXISTS (
                SELECT FROM unnest(latest, sizes) AS told (at, size) WHERE at < place - size - distance
            ) THEN
                RETURN TRUE;
            END IF;
        END LOOP;
    END LOOP;
    RETURN FALSE;
END
$$;

-- Whether the n-th statement of a face has one of some tokens, as stemma.archive.faces tells it.
CREATE FUNCTION stemma_shows(body TEXT, n BIGINT, wanted TEXT) RETURNS BOOLEAN
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 500 AS $$
DECLARE
    lines TEXT[] := string_to_array(body, E'\n');
    line INTEGER := n + 1;
    tokens TEXT[];
    token TEXT;
BEGIN
    IF body IS NULL THEN
        RETURN FALSE;
    END IF;
    WHILE position(' ' IN lines[line]) = 0 LOOP
        line := line - 1;
    END LOOP;
    tokens := string_to_array(substr(lines[line], position(' ' IN lines[line]) + 1), ' ');
    FOREACH token IN ARRAY string_to_array(wanted, ' ') LOOP
        IF position('=' IN token) = 0 THEN
            IF token = ANY (tokens) THEN
                RETURN TRUE;
            END IF;
        ELSIF EXISTS (
            SELECT FROM unnest(tokens) AS own WHERE starts_with(own, left(token, 2))
            AND string_to_array(substr(token, 3), '_') <@ string_to_array(substr(own, 3), '_')
        ) THEN
            RETURN TRUE;
        END IF;
    END LOOP;
    RETURN FALSE;
END
$$;
