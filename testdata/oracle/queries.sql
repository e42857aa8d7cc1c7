-- Queries: calls, groups, windows, collations, subscripts, joins, changes, recursion, parameters.
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text[], j jsonb, d date, n numeric(8,2));

CREATE TABLE u (id int REFERENCES t, a int, v varchar(5) COLLATE "C", w text COLLATE "POSIX");

CREATE FUNCTION vf(VARIADIC a int[]) RETURNS int LANGUAGE sql RETURN 1;

CREATE FUNCTION df(a int, b int DEFAULT 2, c text DEFAULT 'x') RETURNS int LANGUAGE sql RETURN 1;

CREATE FUNCTION pf(a anyelement, b anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION pc(a anycompatible, b anycompatiblearray) RETURNS anycompatible LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION pr(a anyrange) RETURNS anyelement LANGUAGE sql AS 'SELECT lower($1)';

CREATE FUNCTION rt(OUT x int, OUT y text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''a''';

CREATE FUNCTION rr() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''a''::text';

CREATE FUNCTION ts() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';

SELECT vf(), vf(1), vf(1, 2), vf(VARIADIC ARRAY[1, 2]), vf(VARIADIC 1);

SELECT vf(VARIADIC 1);

SELECT vf(1, 'x'::text);

SELECT vf(a => 1);

SELECT vf(VARIADIC a => ARRAY[1]);

SELECT df(), 1;

SELECT df(1), df(1, 2), df(1, c => 'y'), df(c => 'y', a => 1);

SELECT df(1, d => 2);

SELECT df(a => 1, a => 2);

SELECT df(b => 1, 2);

SELECT df(1, a => 2);

SELECT df(1, 2, 'x', 4);

SELECT pf(1, 2), pf(1, 'x'), pf(1, 2.5);

SELECT pf(1, 2), pf('a'::text, 'x');

SELECT pf(1, 2.5);

SELECT pf('x', 'y');

SELECT pf(NULL, NULL);

SELECT pc(1, ARRAY[2.5]), pc('x'::text, '{a}');

SELECT pc(1, ARRAY['x']);

SELECT pc('x', '{}');

SELECT pr(int4range(1, 2)), pr('[1,2)'::daterange);

SELECT pr('[1,2)');

SELECT pr(1);

SELECT * FROM rt(), rr() AS r(p int, q text), ts();

SELECT * FROM rr();

SELECT * FROM rr() AS r(p, q);

SELECT * FROM rt() AS r(p int, q text);

SELECT * FROM rr() AS r(p int, p text);

SELECT * FROM rr() AS r(p serial);

SELECT * FROM rr() AS r(p nosuch);

SELECT * FROM ROWS FROM (rr() AS (p int, q text), generate_series(1, 3)) WITH ORDINALITY AS z(a, b, c, d);

SELECT * FROM ROWS FROM (rr() AS (p int, q text), generate_series(1, 3)) WITH ORDINALITY AS z(a, b, c, d, e, f);

SELECT rt(), (rt()).x, (ts()).b, ts();

SELECT (rr()).x;

SELECT a FROM t GROUP BY id;

SELECT a, b, count(*) FROM t GROUP BY id;

SELECT a, count(*) FROM t GROUP BY b;

SELECT t.a, u.a FROM t JOIN u USING (id) GROUP BY t.id;

SELECT t.a, u.a FROM t JOIN u USING (id) GROUP BY t.id, u.a;

SELECT a, GROUPING(a), GROUPING(b) FROM t GROUP BY ROLLUP (a, b);

SELECT GROUPING(d) FROM t GROUP BY ROLLUP (a, b);

SELECT GROUPING(a) FROM t;

SELECT a, sum(id) FILTER (WHERE b = 'x') FROM t GROUP BY GROUPING SETS ((a), ());

SELECT a, sum(id) FILTER (WHERE b) FROM t GROUP BY a;

SELECT sum(id) FILTER (WHERE sum(id) > 1) FROM t;

SELECT lower(b) FILTER (WHERE true) FROM t;

SELECT lower(DISTINCT b) FROM t;

SELECT lower(b ORDER BY b) FROM t;

SELECT count(DISTINCT *) FROM t;

SELECT string_agg(DISTINCT b, ',' ORDER BY a) FROM t;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), mode() WITHIN GROUP (ORDER BY b), rank(1) WITHIN GROUP (ORDER BY a) FROM t;

SELECT percentile_cont(0.5) FROM t;

SELECT percentile_cont(a) WITHIN GROUP (ORDER BY a) FROM t;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY b) FROM t;

SELECT rank('x') WITHIN GROUP (ORDER BY a) FROM t;

SELECT rank(1, 2) WITHIN GROUP (ORDER BY a) FROM t;

SELECT sum(a) WITHIN GROUP (ORDER BY a) FROM t;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) OVER () FROM t;

SELECT percentile_cont(DISTINCT 0.5) WITHIN GROUP (ORDER BY a) FROM t;

SELECT sum(a) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), lag(b, 1, 'x') OVER w FROM t WINDOW w AS (PARTITION BY a ORDER BY id);

SELECT sum(a) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM t;

SELECT sum(a) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (ORDER BY id ROWS BETWEEN a PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (ORDER BY id ROWS BETWEEN 'x' PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (ORDER BY b RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (ORDER BY d RANGE BETWEEN '1 day' PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (ORDER BY d RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t;

SELECT sum(a) OVER (w ORDER BY a) FROM t WINDOW w AS (ORDER BY b);

SELECT sum(a) OVER (w PARTITION BY a) FROM t WINDOW w AS (ORDER BY b);

SELECT sum(a) OVER (w) FROM t WINDOW w AS (ROWS UNBOUNDED PRECEDING);

SELECT sum(a) OVER nosuch FROM t;

SELECT sum(a) OVER w FROM t WINDOW w AS (), w AS ();

SELECT sum(sum(a)) OVER () FROM t;

SELECT sum(row_number() OVER ()) FROM t;

SELECT row_number() FROM t;

SELECT rank() OVER (ORDER BY rank() OVER ()) FROM t;

SELECT sum(DISTINCT a) OVER () FROM t;

SELECT string_agg(b, ',' ORDER BY a) OVER () FROM t;

SELECT v < w FROM u;

SELECT v || w FROM u ORDER BY 1;

SELECT v || w < 'x' FROM u;

SELECT v COLLATE "de" FROM u;

SELECT a COLLATE "C" FROM u;

SELECT * FROM u ORDER BY v COLLATE "POSIX", w COLLATE "C";

SELECT max(v || w) FROM u;

SELECT v FROM u UNION SELECT w FROM u;

SELECT v FROM u UNION ALL SELECT w FROM u;

SELECT CASE WHEN true THEN v ELSE w END < 'x' FROM u;

SELECT v IN (w, 'x') FROM u;

SELECT c[1], c[1:2], c['1'], (c)[1][2], j['a'], j['a']['b'][0], j[1] FROM t;

SELECT c[b] FROM t;

SELECT j[d] FROM t;

SELECT j['a':'b'] FROM t;

SELECT a[1] FROM t;

SELECT c[1.5] FROM t;

UPDATE t SET c[1] = 'x', c[2:3] = '{a,b}', j['a'] = '1';

UPDATE t SET c[1] = 5;

UPDATE t SET c['x'] = 'y';

UPDATE t SET a.b = 5;

UPDATE t SET (a, b) = (1, 'x'), (d) = ROW('2020-01-01');

UPDATE t SET (a, b) = (SELECT 1, 'x'::text);

UPDATE t SET (a, b) = (SELECT 1);

UPDATE t SET (a, b) = ROW(1);

UPDATE t SET (a, b) = 5;

UPDATE t SET (a, a) = (1, 2);

SELECT ctid, tableoid, xmin, t.cmax FROM t;

SELECT oid FROM t;

SELECT t, t.*, (t).a, (t.*).b, row_to_json(t), t IS NULL FROM t;

SELECT x.t FROM t x;

SELECT (x).nosuch FROM t x;

SELECT x.nosuch FROM t x;

SELECT t.a FROM t x;

SELECT * FROM t, LATERAL (SELECT t.a + 1) z(q), u LEFT JOIN LATERAL (SELECT u.a) y ON true;

SELECT * FROM t, (SELECT t.a) z;

SELECT * FROM t RIGHT JOIN LATERAL (SELECT t.a) z ON true;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = EXCLUDED.a + t.a WHERE t.b <> EXCLUDED.b RETURNING *;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT DO UPDATE SET a = 1;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (nosuch) DO NOTHING;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (id) WHERE b DO NOTHING;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = b;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET nosuch = 1;

INSERT INTO t (id, a) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET a = nosuch.a;

INSERT INTO t (id, a) VALUES (1, 2) RETURNING excluded.a;

MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.a > 1 THEN UPDATE SET a = u.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, a) VALUES (u.id, u.a);

MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN UPDATE SET a = 1;

MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id);

MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = 'x'::text;

MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DO NOTHING WHEN MATCHED THEN DELETE;

MERGE INTO t USING t ON true WHEN MATCHED THEN DELETE;

MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (id, a) VALUES (1);

MERGE INTO t USING u ON t.id WHEN MATCHED THEN DELETE;

WITH x AS (MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE) SELECT 1;

SELECT * FROM XMLTABLE('/a' PASSING '<a/>'::xml COLUMNS id int PATH '@id', o FOR ORDINALITY, x xml PATH 'x' DEFAULT '<y/>' NOT NULL) z;

SELECT * FROM XMLTABLE('/a' PASSING 'x'::text COLUMNS id int) z;

SELECT * FROM XMLTABLE('/a' PASSING '<a/>'::xml COLUMNS id int, id text) z;

SELECT * FROM XMLTABLE('/a' PASSING '<a/>'::xml COLUMNS o FOR ORDINALITY, p FOR ORDINALITY) z;

SELECT * FROM XMLTABLE(5 PASSING '<a/>'::xml COLUMNS o int PATH 7) z;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SEARCH DEPTH FIRST BY n SET s CYCLE n SET c USING p SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SEARCH DEPTH FIRST BY nosuch SET s SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SEARCH BREADTH FIRST BY n, n SET s SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) CYCLE n SET n USING p SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) CYCLE n SET c TO 1 DEFAULT 'x' USING p SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1.5 FROM r) SELECT * FROM r;

WITH RECURSIVE r AS (SELECT n FROM r) SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT n FROM r UNION ALL SELECT 1) SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r ORDER BY 1) SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM t LEFT JOIN r ON true) SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT (SELECT max(n) FROM r)) SELECT * FROM r;

WITH x AS (INSERT INTO t (id) VALUES (1) RETURNING id), y AS (UPDATE u SET a = x.id FROM x RETURNING u.*) SELECT * FROM y;

WITH x AS (DELETE FROM t) SELECT * FROM x;

SELECT * FROM (WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x) z;

SELECT $1 + 1, $2 || 'x', $3::date, $4 IS NULL, coalesce($5, 1), $6 = ANY($7::int[]), $8 LIKE b FROM t;

SELECT $1;

SELECT $1 = $2;

SELECT $1::int, $1::text;

SELECT $1 + 1, $1 || 'x';

SELECT a FROM t LIMIT $1 OFFSET $2;

INSERT INTO t (id, d, n, j) VALUES ($1, $2, $3, $4);

SELECT * FROM t TABLESAMPLE bernoulli ($1) REPEATABLE ($2);

SELECT * FROM t TABLESAMPLE nosuch (1);

SELECT * FROM t TABLESAMPLE system (1, 2);

SELECT * FROM t FOR UPDATE OF nosuch;

SELECT count(*) FROM t FOR UPDATE;

SELECT DISTINCT a FROM t FOR SHARE;

SELECT DISTINCT ON (a) a, b FROM t ORDER BY b;

SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b;

SELECT DISTINCT a FROM t ORDER BY b;

SELECT a FROM t ORDER BY 2;

SELECT a FROM t ORDER BY 'x';

SELECT a FROM t GROUP BY 2;

SELECT a AS b FROM t GROUP BY b;

SELECT a AS z, b AS z FROM t ORDER BY z;

SELECT a FROM t ORDER BY a USING <, b USING nosuch;

SELECT j FROM t ORDER BY j USING =;

SELECT point '1,2' ORDER BY 1;

SELECT DISTINCT point '1,2';

SELECT json '1' UNION SELECT json '2';
