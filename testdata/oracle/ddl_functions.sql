-- Functions, aggregates, operators, casts, domains, statistics, comments.
CREATE TABLE t (id int PRIMARY KEY, a int, b text);

CREATE FUNCTION f1(int) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'SELECT 1';

CREATE FUNCTION f2(int) RETURNS SETOF int LANGUAGE sql ROWS 10 AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql ROWS 10 AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql COST -1 AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql PARALLEL nosuch AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql IMMUTABLE VOLATILE AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql;

CREATE FUNCTION bad(int) RETURNS int AS 'SELECT 1';

CREATE FUNCTION bad(int) RETURNS int LANGUAGE sql WINDOW AS 'SELECT 1';

CREATE FUNCTION bad(a int, a int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a int, OUT a int) LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a int DEFAULT 1, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(VARIADIC a int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(VARIADIC a int[], b int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a int DEFAULT nosuch) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a int DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a int DEFAULT (SELECT 1)) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a SETOF int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(OUT a int) RETURNS text LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad() RETURNS anyelement LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(OUT a anyarray) LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad() RETURNS TABLE (a int, a int) LANGUAGE sql AS 'SELECT 1, 2';

CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT ''x''::text';

CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT 1, 2';

CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'DELETE FROM t';

CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT nosuch';

CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS '';

CREATE FUNCTION bad() RETURNS t LANGUAGE sql AS 'SELECT 1, 2';

CREATE FUNCTION bad() RETURNS t LANGUAGE sql AS 'SELECT 1, ''x'', 2';

CREATE FUNCTION bad(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a; SELECT 'x'; END;

CREATE FUNCTION bad(a int) RETURNS int LANGUAGE plpgsql RETURN a;

CREATE FUNCTION bad(a int) RETURNS int LANGUAGE internal AS 'nosuch';

CREATE FUNCTION bad(a int) RETURNS int LANGUAGE c AS 'nosuch';

CREATE FUNCTION bad(a int) RETURNS int LANGUAGE sql AS 'a', 'b';

CREATE FUNCTION bad(a trigger) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a cstring) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION bad(a int) RETURNS int LANGUAGE sql SUPPORT nosuch AS 'SELECT 1';

CREATE FUNCTION bad(a nosuch.nosuch%TYPE) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION ok(a t.a%TYPE, t.b%TYPE) RETURNS t.id%TYPE LANGUAGE sql AS 'SELECT 1';

CREATE OR REPLACE FUNCTION f1(int) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

CREATE OR REPLACE FUNCTION f1(x int) RETURNS int LANGUAGE sql AS 'SELECT x';

CREATE OR REPLACE FUNCTION f1(y int) RETURNS int LANGUAGE sql AS 'SELECT y';

CREATE OR REPLACE FUNCTION f2(int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE OR REPLACE PROCEDURE f2(int) LANGUAGE sql AS 'SELECT 1';

CREATE PROCEDURE p1(a int, OUT b int) LANGUAGE sql AS 'SELECT 1';

CREATE PROCEDURE bad(a int) LANGUAGE sql STRICT AS 'SELECT 1';

CREATE PROCEDURE bad(a int) LANGUAGE sql IMMUTABLE AS 'SELECT 1';

CREATE PROCEDURE bad(VARIADIC a int[], OUT b int) LANGUAGE sql AS 'SELECT 1';

CALL p1(1, NULL);

CALL p1(1);

CALL f1(1);

SELECT p1(1, 2);

CALL nosuch();

ALTER FUNCTION f1(int) STABLE CALLED ON NULL INPUT SECURITY DEFINER SET search_path = public COST 5;

ALTER FUNCTION f1(int) ROWS 5;

ALTER FUNCTION f1(text) STABLE;

ALTER FUNCTION f1 STABLE;

ALTER FUNCTION nosuch STABLE;

ALTER FUNCTION p1(int) STABLE;

ALTER PROCEDURE f1(int) SET search_path = x;

ALTER ROUTINE p1(int) SET search_path = x;

ALTER FUNCTION f1(int) IMMUTABLE STABLE;

ALTER FUNCTION f1(int) RENAME TO f2;

ALTER FUNCTION f1(int) RENAME TO f3;

ALTER FUNCTION f3 SET SCHEMA nosuch;

ALTER FUNCTION f3 DEPENDS ON EXTENSION nosuch;

DROP FUNCTION f3(text);

DROP FUNCTION p1;

DROP PROCEDURE f3;

DROP AGGREGATE f3(int);

DROP FUNCTION sum(int);

DROP ROUTINE f3, p1;

DROP FUNCTION lower;

DROP FUNCTION nosuch;

DROP FUNCTION IF EXISTS nosuch(nosuchtype), nosuch2;

CREATE FUNCTION o(int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION o(text) RETURNS int LANGUAGE sql AS 'SELECT 1';

DROP FUNCTION o;

COMMENT ON FUNCTION o IS 'x';

COMMENT ON FUNCTION o(int) IS 'x';

COMMENT ON COLUMN t.nosuch IS 'x';

COMMENT ON COLUMN t IS 'x';

COMMENT ON CONSTRAINT nosuch ON t IS 'x';

COMMENT ON CONSTRAINT t_pkey ON t IS 'x';

COMMENT ON TRIGGER nosuch ON t IS 'x';

COMMENT ON VIEW t IS 'x';

COMMENT ON INDEX t_pkey IS 'x';

COMMENT ON TABLE t_pkey IS 'x';

COMMENT ON TYPE nosuch IS 'x';

COMMENT ON DOMAIN int4 IS 'x';

COMMENT ON OPERATOR + (int, int) IS 'x';

COMMENT ON OPERATOR +++ (int, int) IS 'x';

COMMENT ON CAST (int AS text) IS 'x';

COMMENT ON CAST (int AS bigint) IS 'x';

COMMENT ON AGGREGATE sum(int) IS 'x';

COMMENT ON AGGREGATE lower(text) IS 'x';

COMMENT ON ACCESS METHOD nosuch IS 'x';

CREATE AGGREGATE bad(int) (sfunc = nosuch, stype = int);

CREATE AGGREGATE bad(int) (sfunc = int4pl);

CREATE AGGREGATE bad(int) (stype = int);

CREATE AGGREGATE bad(text) (sfunc = int4pl, stype = int);

CREATE AGGREGATE ag1(int) (sfunc = int4pl, stype = int, initcond = '0', finalfunc = int4out);

CREATE AGGREGATE bad(int) (sfunc = int4pl, stype = int, initcond = 'x');

CREATE AGGREGATE bad(int) (sfunc = int4pl, stype = int, sortop = nosuch);

CREATE AGGREGATE bad(int) (sfunc = int4pl, stype = int, finalfunc = nosuch);

CREATE AGGREGATE ag2(int, int) (sfunc = int4pl, stype = int);

CREATE AGGREGATE ag2(int) (sfunc = int4pl, stype = int, parallel = safe);

CREATE AGGREGATE bad(int) (sfunc = int4pl, stype = int, parallel = nosuch);

SELECT ag1(a), ag2(a) OVER () FROM t;

ALTER AGGREGATE ag2(int) RENAME TO ag1;

ALTER AGGREGATE o(int) RENAME TO ag5;

CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq, commutator = ===, negator = !==, restrict = eqsel, join = eqjoinsel, hashes, merges);

CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq);

CREATE OPERATOR !== (leftarg = int, rightarg = int, function = int4ne, negator = ===);

CREATE OPERATOR #@# (rightarg = int, function = nosuch);

CREATE OPERATOR #@# (leftarg = int, function = int4um);

CREATE OPERATOR #@# (rightarg = int, function = int4um, hashes);

CREATE OPERATOR #@# (function = int4um);

CREATE OPERATOR #@# (leftarg = int, rightarg = int);

CREATE OPERATOR => (leftarg = int, rightarg = int, function = int4eq);

CREATE OPERATOR #@# (leftarg = SETOF int, rightarg = int, function = int4eq);

CREATE OPERATOR #@# (leftarg = int, rightarg = int, function = int4pl, restrict = eqsel);

SELECT 1 === 2, 1 !== 3;

ALTER OPERATOR === (int, int) SET (restrict = none);

ALTER OPERATOR === (int, text) SET (restrict = none);

ALTER OPERATOR === (int, int) SET (nosuch = none);

DROP OPERATOR === (int, text);

DROP OPERATOR === (NONE, int);

DROP OPERATOR === (int, int);

CREATE CAST (int AS t) WITH FUNCTION f1(int);

CREATE CAST (int AS text) WITHOUT FUNCTION;

CREATE CAST (text AS int) WITH INOUT AS IMPLICIT;

CREATE CAST (text AS int) WITH INOUT;

CREATE CAST (int AS int) WITHOUT FUNCTION;

CREATE CAST (int AS nosuch) WITHOUT FUNCTION;

CREATE CAST (int AS bigint) WITH INOUT;

CREATE CAST (date AS int) WITH FUNCTION lower(text);

SELECT 'x'::text + 1;

DROP CAST (text AS int);

DROP CAST (text AS int);

DROP CAST IF EXISTS (text AS nosuch);

CREATE DOMAIN d1 AS int CHECK (VALUE > 0) CHECK (VALUE < 10) DEFAULT 5 NOT NULL;

CREATE DOMAIN bad AS int NOT NULL NULL;

CREATE DOMAIN bad AS int DEFAULT 1 DEFAULT 2;

CREATE DOMAIN bad AS int UNIQUE;

CREATE DOMAIN bad AS int PRIMARY KEY;

CREATE DOMAIN bad AS int REFERENCES t;

CREATE DOMAIN bad AS int CHECK (VALUE > (SELECT 1));

CREATE DOMAIN bad AS int CHECK (sum(VALUE) > 1);

CREATE DOMAIN bad AS int COLLATE "C";

CREATE DOMAIN bad AS anyelement;

CREATE DOMAIN bad AS int CONSTRAINT c CHECK (VALUE > 1) CONSTRAINT c CHECK (VALUE > 2);

CREATE DOMAIN d2 AS d1 CHECK (VALUE <> 3);

ALTER DOMAIN d1 ADD CHECK (VALUE > nosuch);

ALTER DOMAIN d1 ADD CONSTRAINT d1_check CHECK (VALUE > 2);

ALTER DOMAIN d1 RENAME CONSTRAINT d1_check TO c2;

ALTER DOMAIN d1 RENAME CONSTRAINT nosuch TO c3;

ALTER DOMAIN d1 VALIDATE CONSTRAINT c2;

ALTER DOMAIN d1 VALIDATE CONSTRAINT nosuch;

ALTER DOMAIN d1 DROP CONSTRAINT IF EXISTS nosuch;

ALTER DOMAIN d1 SET DEFAULT 'x';

ALTER DOMAIN t SET NOT NULL;

ALTER DOMAIN d1 RENAME TO d2;

ALTER TYPE d1 RENAME TO d3;

DROP DOMAIN d3;

DROP TYPE d3 CASCADE;

SELECT 1::d2;

CREATE STATISTICS st (dependencies) ON a, b FROM t;

CREATE STATISTICS st ON a, b FROM t;

CREATE STATISTICS IF NOT EXISTS st ON a, b FROM t;

CREATE STATISTICS bad ON a FROM t;

CREATE STATISTICS bad ON a, nosuch FROM t;

CREATE STATISTICS bad ON a, a FROM t;

CREATE STATISTICS bad (nosuch) ON a, b FROM t;

CREATE STATISTICS bad ON a, b FROM nosuch;

CREATE STATISTICS bad ON (a + 1), (random()) FROM t;

CREATE STATISTICS st2 ON (a + 1) FROM t;

CREATE STATISTICS bad ON a, xmin FROM t;

ALTER STATISTICS st SET STATISTICS 100;

ALTER STATISTICS nosuch SET STATISTICS 100;

ALTER STATISTICS st RENAME TO st2;

ALTER TABLE t DROP COLUMN a;

DROP STATISTICS st2;

DROP STATISTICS nosuch;

DROP STATISTICS IF EXISTS nosuch;
