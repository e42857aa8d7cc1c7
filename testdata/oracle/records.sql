-- Fields of records, whose columns may or may not be known; the order of the rules of recursion.
CREATE FUNCTION rec() RETURNS record LANGUAGE sql AS 'SELECT 1, 2';

CREATE TABLE t (a integer, b text);

SELECT (v.column1).f1 FROM (VALUES (ROW(1, 2))) v;

SELECT (v.column1).f3 FROM (VALUES (ROW(1, 2)), (ROW(3, 4))) v;

SELECT (v.column1).* FROM (VALUES (ROW(1, 2))) v;

SELECT (r).f1 FROM (SELECT rec() AS r) s;

SELECT (r).* FROM (SELECT rec() AS r) s;

SELECT (x).f1 FROM (SELECT ROW(1, 2) AS x UNION SELECT ROW(3, 4)) s;

SELECT (x).* FROM (SELECT ROW(1, 2) AS x UNION SELECT ROW(3, 4)) s;

SELECT (x).f1, (x).* FROM (SELECT ROW(1, 'a'::text) AS x) s;

SELECT (x).nosuch FROM (SELECT ROW(1, 'a'::text) AS x) s;

SELECT (x).a, (x).* FROM (SELECT t AS x FROM t) s;

SELECT (x).a FROM (SELECT s0 AS x FROM (SELECT a FROM t) s0) s;

SELECT (x).b FROM (SELECT s0 AS x FROM (SELECT a FROM t) s0) s;

SELECT (x).a FROM (SELECT j AS x FROM (t JOIN (SELECT 1 AS z) q ON true) j) s;

WITH c AS (SELECT ROW(1, 2) AS x) SELECT (x).f1, (x).f2 FROM c;

WITH c AS (SELECT ROW(1, 2) AS x) SELECT (x).f3 FROM c;

WITH RECURSIVE r(n) AS (SELECT ROW(1, 2) UNION ALL SELECT ROW((n).f1, 2) FROM r) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (SELECT ROW(1, 2) UNION ALL SELECT n FROM r) SELECT (n).f1 FROM r;

WITH RECURSIVE r(n) AS (SELECT ROW(1, 2) UNION ALL SELECT n FROM r WHERE (n).x = 1) SELECT (n).f1 FROM r;

SELECT (x).f1 FROM (SELECT CASE WHEN true THEN ROW(1, 2) END AS x) s;

SELECT (CASE WHEN true THEN ROW(1, 2) END).f1;

SELECT (COALESCE(ROW(1, 2), NULL)).f1;

SELECT (ARRAY[ROW(1, 2)])[1].f1;

SELECT ((ARRAY[ROW(1, 2)])[1]).*;

SELECT (NULL::record).f1;

SELECT ('x'::record).f1;

SELECT (rec()).f1, (rec()).*;

SELECT (x.y).f1 FROM rec() AS x(y integer);

SELECT (x).a FROM (SELECT x FROM rec() AS x(a integer, b integer)) s;

SELECT (x).c FROM (SELECT x FROM rec() AS x(a integer, b integer)) s;

SELECT ROW(1, 2).f1;

SELECT (SELECT ROW(1, 2)).f1;

SELECT ((SELECT ROW(1, 2))).f1, (SELECT x FROM (SELECT 1 AS a) x).a;

SELECT (ROW(t.*)).f1, (ROW(t.*)).a FROM t;

SELECT (t.*).a, (t).b, (ROW(t)).f1 FROM t;

SELECT ((ROW(t)).f1).a FROM t;

SELECT (max(t)).a FROM t;

SELECT (array_agg(t))[1].b, (min(ROW(a, b))).f1 FROM t;

SELECT (lag(t) OVER ()).a FROM t;

SELECT (v).column1, v.column1 FROM (VALUES (1, 'a')) v;

SELECT (g).g FROM generate_series(1, 2) g;

SELECT g.g, (g.g).x FROM generate_series(1, 2) g;

SELECT (j).key, (j).* FROM jsonb_each('{}') j;

SELECT (x).f1 FROM (SELECT ROW(1, 2) AS x LIMIT 1) s, LATERAL (SELECT (x).f2) q;

SELECT s.*, (q.z).f1 FROM (SELECT 1 AS k) s LEFT JOIN (SELECT ROW(1, 2) AS z) q USING (z);

SELECT (j.z).f1 FROM ((SELECT 1 AS k) s LEFT JOIN (SELECT ROW(1, 2) AS z) q ON true) j;

SELECT (z).f1 FROM (SELECT ROW(1, 2) AS z) q FULL JOIN (SELECT ROW(3, 4) AS z) r USING (z);

WITH RECURSIVE r(n) AS (WITH x AS (SELECT n FROM r) SELECT 1 UNION ALL SELECT n FROM r ORDER BY 1) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (WITH x AS (SELECT n FROM r) SELECT n FROM r UNION ALL SELECT n FROM r) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (WITH x AS (SELECT n FROM r) SELECT 1 UNION ALL SELECT n FROM r, r r2) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (SELECT n FROM r UNION ALL SELECT n FROM r, r r2 LIMIT 1) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r, r r2 LIMIT 1) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 2 LIMIT 1) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 2 ORDER BY (SELECT n FROM r)) SELECT 1 FROM r;

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 2 FOR UPDATE OFFSET 1 LIMIT 2) SELECT 1 FROM r;
