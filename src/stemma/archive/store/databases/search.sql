-- What an archive on a server has beside schema.sql. Statements end with a blank line.

-- SQLite's functions of two values.
CREATE FUNCTION min(one BIGINT, other BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT least($1, $2)';

CREATE FUNCTION max(one BIGINT, other BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT greatest($1, $2)';

-- The values of a list of whole numbers in JSON.
CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (key BIGINT, value BIGINT) LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT ordinality - 1, each::BIGINT FROM json_array_elements_text(list::JSON) WITH ORDINALITY AS of (each, ordinality)';

-- The values of a list of texts in JSON.
CREATE FUNCTION json_texts(list TEXT) RETURNS TABLE (value TEXT) LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT json_array_elements_text(list::JSON)';

-- Where a text stands in another one, from 1; 0: nowhere.
CREATE FUNCTION instr(whole TEXT, part TEXT) RETURNS INTEGER LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT strpos($1, $2)';

