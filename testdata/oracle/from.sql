-- FROM: names, aliases, joins, LATERAL, sub-selects, set operations, VALUES.
CREATE SCHEMA other;

CREATE TABLE a (id integer PRIMARY KEY, name text, v integer);

CREATE TABLE b (id bigint, name varchar(10), w numeric);

CREATE TABLE c (id integer, title text, "Mixed Case" integer, "select" text);

CREATE TABLE other.a (id text, extra integer);

CREATE TABLE other.only_here (x integer);

CREATE TABLE "Quoted" ("Id" integer, id integer);

CREATE TABLE jsonrow (id json, id2 point);

CREATE VIEW av AS SELECT id, name AS label FROM a;

CREATE TYPE comp AS (p integer, q text);

CREATE TABLE nested (c comp, cs comp[], id integer);

SELECT * FROM a;

SELECT * FROM other.a;

SELECT a.* FROM a, b;

SELECT id FROM a, b;

SELECT a.id, b.id FROM a, b;

SELECT name FROM a, c;

SELECT a.id, other.a.id FROM a, other.a;

SELECT public.a.id, other.a.id FROM a, other.a;

SELECT * FROM a, a;

SELECT * FROM a x, b x;

SELECT * FROM a, other.a AS a;

SELECT * FROM a x, a y;

SELECT a.id FROM a x;

SELECT x.id, public.a.id FROM a x;

SELECT X.ID, x.Id FROM a AS X;

SELECT "X".id FROM a AS X;

SELECT x.id FROM a AS "X";

SELECT id, "Id" FROM "Quoted";

SELECT Id, ID FROM "Quoted";

SELECT * FROM Quoted;

SELECT * FROM quoted;

SELECT "mixed case" FROM c;

SELECT "Mixed Case", "select", c."select" FROM c;

SELECT select FROM c;

SELECT c.select FROM c;

SELECT * FROM only_here;

SELECT * FROM othr.only_here;

SELECT * FROM other.onlyhere;

SELECT * FROM nosuch;

SELECT * FROM elsewhere.public.a;

SELECT nmae FROM a;

SELECT a.nmae FROM a;

SELECT x.nmae FROM a x;

SELECT naem FROM a, b;

SELECT titel FROM a, c;

SELECT b.id FROM a;

SELECT aa.id FROM a;

SELECT aa FROM a;

SELECT a.id FROM A;

SELECT zzzzzz FROM a;

SELECT "Name" FROM a;

SELECT a."NAME" FROM a;

SELECT id FROM a x(p, q);

SELECT p, q, v FROM a x(p, q);

SELECT id FROM a x(p);

SELECT * FROM a x(p, q, r, s);

SELECT x.* FROM a x(p, p);

SELECT p FROM a x(p, p);

SELECT * FROM (SELECT 1) s;

SELECT * FROM (SELECT 1);

SELECT * FROM (SELECT id, id FROM a) s;

SELECT id FROM (SELECT id, id FROM a) s;

SELECT s FROM (SELECT id, name FROM a) s;

SELECT (s).id, (s).name, s.id FROM (SELECT id, name FROM a) s;

SELECT (s).zip FROM (SELECT id, name FROM a) s;

SELECT s.zip FROM (SELECT id, name FROM a) s;

SELECT * FROM (SELECT id FROM a) s(x, y);

SELECT * FROM (SELECT 'a' AS x, NULL AS y, 1.5 AS z) s;

SELECT x || y, z + 1 FROM (SELECT 'a' AS x, NULL AS y, 1.5 AS z) s;

SELECT x + 1 FROM (SELECT 'a' AS x) s;

SELECT x + 1 FROM (SELECT NULL AS x) s;

SELECT * FROM (SELECT a.*, b.* FROM a, b) s;

SELECT id FROM (SELECT a.*, b.* FROM a, b) s;

SELECT * FROM a JOIN b ON a.id = b.id;

SELECT * FROM a JOIN b USING (id);

SELECT id, a.id, b.id, a.name, b.name FROM a JOIN b USING (id);

SELECT name FROM a JOIN b USING (id);

SELECT * FROM a JOIN b USING (id, name);

SELECT * FROM a JOIN c USING (nosuch);

SELECT * FROM a JOIN c USING (name);

SELECT * FROM a JOIN c USING (title);

SELECT * FROM a JOIN c USING (id, id);

SELECT * FROM a JOIN other.a AS o USING (id);

SELECT * FROM (SELECT 1 AS id, 2 AS id) s JOIN a USING (id);

SELECT * FROM a JOIN (SELECT 1 AS id, 2 AS id) s USING (id);

SELECT * FROM a NATURAL JOIN b;

SELECT * FROM a NATURAL LEFT JOIN c;

SELECT * FROM a NATURAL JOIN "Quoted";

SELECT * FROM b NATURAL JOIN other.a;

SELECT * FROM a LEFT JOIN b USING (id) RIGHT JOIN c USING (id) FULL JOIN "Quoted" q USING (id);

SELECT id FROM a LEFT JOIN b USING (id) JOIN c USING (id);

SELECT id FROM a JOIN b ON true JOIN c USING (id);

SELECT * FROM a JOIN b USING (id) AS j;

SELECT j.id, a.id, b.name FROM a JOIN b USING (id) AS j;

SELECT j.name FROM a JOIN b USING (id) AS j;

SELECT j.*, j FROM a JOIN b USING (id) AS j;

SELECT * FROM a JOIN b USING (id) AS a;

SELECT * FROM (a JOIN b USING (id)) AS j;

SELECT j.id, j.w FROM (a JOIN b USING (id)) AS j;

SELECT a.id FROM (a JOIN b USING (id)) AS j;

SELECT j.name FROM (a JOIN b USING (id)) AS j;

SELECT n1, n2, j FROM (a JOIN b USING (id)) AS j(i, n1, v, n2);

SELECT * FROM (a JOIN b USING (id)) AS j(p, q, r, s, t, u);

SELECT j FROM (a CROSS JOIN b) j;

SELECT j.id FROM (a CROSS JOIN b) j;

SELECT * FROM (a CROSS JOIN b) j JOIN c ON j.title = c.title;

SELECT * FROM a JOIN b ON a.id = c.id;

SELECT * FROM a JOIN b ON a.id = c.id JOIN c ON true;

SELECT * FROM a JOIN (b JOIN c ON a.id = c.id) ON true;

SELECT * FROM a JOIN (b JOIN c ON b.id = c.id) ON a.id = b.id;

SELECT * FROM a, b JOIN c ON a.id = c.id;

SELECT * FROM a CROSS JOIN b JOIN c ON a.id = c.id;

SELECT * FROM a JOIN b ON a.id;

SELECT * FROM a JOIN b ON a.name = b.id;

SELECT * FROM a JOIN b ON id = 1;

SELECT * FROM a LEFT JOIN b ON 'true';

SELECT * FROM a JOIN b ON NULL;

SELECT * FROM a JOIN b;

SELECT * FROM a, (SELECT a.id) s;

SELECT * FROM a, LATERAL (SELECT a.id AS x, a.name) s;

SELECT * FROM a JOIN LATERAL (SELECT a.v + 1 AS z) s ON s.z > 1;

SELECT * FROM a RIGHT JOIN LATERAL (SELECT a.v) s ON true;

SELECT * FROM a FULL JOIN LATERAL (SELECT a.v) s ON true;

SELECT * FROM a LEFT JOIN LATERAL (SELECT a.v AS k) s ON true;

SELECT * FROM (SELECT b.id) s, b;

SELECT * FROM LATERAL (SELECT b.id) s, b;

SELECT * FROM a, LATERAL (SELECT x.id FROM b) s;

SELECT * FROM a, generate_series(1, a.v) g;

SELECT * FROM generate_series(1, a.v) g, a;

SELECT * FROM a, generate_series(1, v) g(n), LATERAL (SELECT g.n, n) s;

SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.id = a.id LIMIT 1) s, LATERAL (SELECT s.w + 1 AS ww) t;

SELECT * FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND v > 1 AND w > 1);

SELECT * FROM a WHERE id IN (SELECT id FROM b);

SELECT * FROM a WHERE id IN (SELECT v FROM b);

SELECT * FROM a WHERE id IN (SELECT name FROM b);

SELECT * FROM a WHERE id IN (SELECT id, name FROM b);

SELECT * FROM a WHERE (id, name) IN (SELECT id, name FROM b);

SELECT * FROM a WHERE (id, name) IN (SELECT id FROM b);

SELECT * FROM a WHERE (id, name) = (SELECT id, name FROM b);

SELECT * FROM a WHERE (id, name) < (SELECT id, name FROM b);

SELECT * FROM a WHERE (id, name) = ANY (SELECT id, name FROM b);

SELECT * FROM a WHERE ROW(id) = (SELECT id FROM b);

SELECT * FROM a WHERE id = (SELECT id, name FROM b);

SELECT * FROM a WHERE id = ANY (SELECT name FROM c JOIN a USING (id));

SELECT * FROM a WHERE id > ALL (SELECT w FROM b) AND name NOT IN (SELECT name FROM b);

SELECT * FROM a WHERE 'x' IN (SELECT name FROM b) AND NULL IN (SELECT id FROM b) AND '1' IN (SELECT id FROM b);

SELECT * FROM a WHERE id + ANY (SELECT id FROM b);

SELECT * FROM a WHERE (SELECT id FROM b);

SELECT * FROM a WHERE (SELECT true);

SELECT (SELECT id, name FROM a);

SELECT (SELECT * FROM a);

SELECT (SELECT FROM a);

SELECT (SELECT id FROM a), (SELECT name AS z FROM a), (SELECT a FROM a), (SELECT 'x'), (SELECT NULL), ARRAY(SELECT id FROM a), EXISTS (SELECT * FROM a), 1 IN (SELECT 1), (VALUES (1)), (SELECT 1 AS "?column?");

SELECT EXISTS (SELECT nosuch FROM a);

SELECT EXISTS (SELECT id FROM a GROUP BY name);

SELECT (SELECT a.id), (SELECT b.id) FROM a;

SELECT (SELECT id FROM b WHERE b.id = a.id) FROM a;

SELECT (SELECT (SELECT a.id + b.id)) FROM a, b;

SELECT ((SELECT nested.c FROM nested)).p, (SELECT c FROM nested).p;

SELECT (c).p, (nested.c).q, (cs[1]).p, cs[1].p, nested.cs[1].q, (c).* FROM nested;

SELECT c.p FROM nested;

SELECT nested.c.p FROM nested;

SELECT (c).z FROM nested;

SELECT c.* FROM nested;

SELECT (nested.c).*, nested FROM nested;

SELECT * FROM nested WHERE c = ROW(1, 'a') AND (c).p = 1 AND c IS NULL AND cs = '{}' AND c < (1, 'b');

SELECT av.label, av, v.* FROM av, av v;

SELECT name FROM av;

SELECT av.id FROM av GROUP BY av.id;

SELECT label FROM av GROUP BY id;

SELECT current_date, x FROM current_date x;

SELECT * FROM current_user;

SELECT * FROM CAST(1 AS integer);

SELECT * FROM COALESCE(1, 2) z;

SELECT * FROM abs(-1), upper('a') AS u, now() AS t(x);

SELECT * FROM a WHERE;

SELECT * FROM a WHERE id;

SELECT * FROM a WHERE name;

SELECT * FROM a WHERE 'x';

SELECT * FROM a WHERE NULL;

SELECT * FROM a WHERE 'yes';

SELECT * FROM a WHERE a;

SELECT * FROM a WHERE a.id = 1 AND;

SELECT * FROM a, b WHERE a.id = b.id AND name = 'x';

SELECT ctid, tableoid FROM av;

SELECT xmin FROM (SELECT * FROM a) s;

SELECT ctid FROM a, b;

SELECT a.ctid, j.ctid FROM (a JOIN b USING (id)) j;

SELECT ONLY id FROM a;

SELECT * FROM ONLY a;

SELECT * FROM ONLY (a) x, a *;

SELECT * FROM ONLY (SELECT 1) x;

SELECT * FROM xmltable('/r' PASSING '<r/>' COLUMNS x integer PATH 'a', y text DEFAULT 'z' NOT NULL, n FOR ORDINALITY);

SELECT * FROM xmltable('/r' PASSING '<r/>'::xml COLUMNS x nosuch);

SELECT * FROM xmltable('/r' PASSING 1 COLUMNS x text);

SELECT * FROM xmltable(1 PASSING '<r/>' COLUMNS x text);

SELECT * FROM xmltable('/r' PASSING '<r/>' COLUMNS x text, x text);

SELECT * FROM xmltable('/r' PASSING '<r/>' COLUMNS x FOR ORDINALITY, y FOR ORDINALITY);

SELECT * FROM xmltable('/r' PASSING '<r/>' COLUMNS x integer DEFAULT now());

SELECT * FROM xmltable('/r' PASSING '<r/>' COLUMNS x SETOF text);

SELECT t.p, q FROM a, xmltable('/r' PASSING a.name::xml COLUMNS x text, y text) AS t(p, q);

SELECT * FROM xmltable(XMLNAMESPACES('http://x' AS x), '/x:r' PASSING '<r/>' COLUMNS z text);

SELECT * FROM xmltable(XMLNAMESPACES('http://x' AS x, 'http://y' AS x), '/x:r' PASSING '<r/>' COLUMNS z text);

SELECT * FROM xmltable(XMLNAMESPACES(1 AS x), '/x:r' PASSING '<r/>' COLUMNS z text);

SELECT 1 UNION SELECT 2;

SELECT 1 UNION SELECT 2.5;

SELECT 1 UNION SELECT 'a';

SELECT 1 UNION SELECT '2';

SELECT 'a' UNION SELECT 'b';

SELECT NULL UNION SELECT 1;

SELECT NULL UNION SELECT NULL;

SELECT NULL UNION SELECT NULL UNION SELECT 1;

SELECT NULL UNION (SELECT NULL UNION SELECT 1);

SELECT 1 UNION SELECT 1, 2;

SELECT 1, 2 UNION ALL SELECT 3;

SELECT id, name FROM a UNION SELECT id, name FROM b;

SELECT id FROM a UNION SELECT name FROM a;

SELECT name FROM a UNION SELECT name FROM b INTERSECT SELECT title FROM c EXCEPT SELECT 'x';

SELECT name FROM b UNION SELECT name FROM b;

SELECT id AS x FROM a UNION SELECT v AS y FROM a ORDER BY x;

SELECT id AS x FROM a UNION SELECT v AS y FROM a ORDER BY y;

SELECT id AS x FROM a UNION SELECT v FROM a ORDER BY x + 1;

SELECT id FROM a UNION SELECT v FROM a ORDER BY 1 DESC;

SELECT id FROM a UNION SELECT v FROM a ORDER BY 2;

SELECT id FROM a UNION SELECT v FROM a ORDER BY a.id;

SELECT id FROM a UNION SELECT v FROM a ORDER BY name;

SELECT id FROM a UNION SELECT v FROM a LIMIT 1 OFFSET 2;

SELECT id FROM a ORDER BY id UNION SELECT 1;

(SELECT id FROM a ORDER BY name LIMIT 1) UNION ALL (SELECT v FROM a ORDER BY 1);

SELECT * FROM a UNION SELECT * FROM b;

SELECT * FROM a UNION SELECT id, name, w FROM b;

SELECT * FROM b EXCEPT ALL SELECT * FROM a;

TABLE a UNION TABLE a;

VALUES (1, 'a') UNION SELECT 2, 'b';

SELECT id FROM jsonrow UNION SELECT id FROM jsonrow;

SELECT id FROM jsonrow UNION ALL SELECT id FROM jsonrow;

SELECT id2 FROM jsonrow INTERSECT SELECT id2 FROM jsonrow;

SELECT ARRAY[1] UNION SELECT ARRAY[2.5];

SELECT ARRAY[1] UNION SELECT '{2}';

SELECT ARRAY[1] UNION SELECT 'x';

SELECT ROW(1, 2) UNION SELECT ROW(3, 4);

SELECT c FROM nested UNION SELECT ROW(1, 'a');

SELECT DATE '2020-01-01' UNION SELECT now() UNION SELECT '2020-01-01';

SELECT 1::smallint UNION SELECT 2::bigint UNION SELECT 3::real;

SELECT 'a'::char(3) UNION SELECT 'b'::varchar UNION SELECT 'c'::name;

SELECT 1 AS x UNION SELECT 2 AS y FROM a UNION SELECT x FROM a;

SELECT x FROM (SELECT 1 AS x UNION SELECT 2.5) u WHERE x > 1;

SELECT x FROM (SELECT 'a' AS x UNION SELECT NULL) u;

SELECT * FROM a, LATERAL (SELECT a.id UNION SELECT a.v) s;

SELECT * FROM a WHERE id = (SELECT 1 UNION SELECT a.v);

SELECT 1 FROM a UNION SELECT count(*) FROM b GROUP BY nosuch;

SELECT FROM a UNION SELECT FROM b;

SELECT FROM a UNION SELECT 1;

SELECT 1 INTERSECT SELECT 2 UNION SELECT 'x' EXCEPT SELECT 3;

VALUES (1, 'a', NULL), (2.5, NULL, NULL);

VALUES (1), ('a');

VALUES (1), (2, 3);

VALUES (1), (now());

VALUES (1, 2), (3, 4) ORDER BY column1, 2 LIMIT 1;

VALUES (1) ORDER BY column2;

VALUES (DEFAULT);

VALUES (DISTINCT 1);

VALUES (a.*);

SELECT * FROM (VALUES (1, 'x')) v;

SELECT v.column1, column2 FROM (VALUES (1, 'x')) v;

SELECT p, q FROM (VALUES (1, 'x'), (2, NULL)) v(p, q);

SELECT r FROM (VALUES (1, 'x'), (2, NULL)) v(p, q);

SELECT * FROM (VALUES (1, 'x')) v(p, q, r);

SELECT * FROM a, LATERAL (VALUES (a.id), (a.v)) v(z);

SELECT * FROM a, (VALUES (a.id)) v(z);

SELECT * FROM (VALUES (1), (DEFAULT)) v;

SELECT * FROM (VALUES (sum(1))) v;

SELECT * FROM (VALUES (rank() OVER ())) v;

SELECT * FROM (VALUES ((SELECT id FROM a)), (2)) v;

SELECT * FROM (VALUES ('a'::varchar(3)), ('b'::varchar(5))) v;

SELECT * FROM (VALUES ('a' COLLATE "C"), ('b' COLLATE "POSIX")) v;

VALUES ((1, 2)), ((3, 4));

VALUES ('{1}'::integer[]), (ARRAY[2.5]);

SELECT 'a' COLLATE "C" = 'b' COLLATE "POSIX";

SELECT name COLLATE "C" || b.name COLLATE "POSIX" FROM b;

SELECT name FROM a ORDER BY name COLLATE "C";

SELECT name FROM a ORDER BY name COLLATE nosuch;

SELECT name FROM a ORDER BY name COLLATE pg_catalog."C", name COLLATE public.x;

SELECT id COLLATE "C" FROM a;

SELECT max(name COLLATE "C"), lower(name COLLATE "C") FROM a;

SELECT name COLLATE "C" FROM a UNION SELECT name COLLATE "POSIX" FROM a;

SELECT name COLLATE "C" AS n FROM a UNION ALL SELECT name COLLATE "POSIX" FROM a;

SELECT n < 'x' FROM (SELECT name COLLATE "C" AS n FROM a UNION ALL SELECT name COLLATE "POSIX" FROM a) s;

SELECT CASE WHEN true THEN 'a' COLLATE "C" ELSE 'b' COLLATE "POSIX" END;

SELECT COALESCE('a' COLLATE "C", 'b' COLLATE "POSIX") < 'c';

SELECT GREATEST('a' COLLATE "C", 'b' COLLATE "POSIX");

SELECT 'a' COLLATE "C" IN ('b' COLLATE "POSIX", 'c');

SELECT ('a' COLLATE "C")::text COLLATE "POSIX", 'a' COLLATE "C" COLLATE "POSIX";

SELECT concat('a' COLLATE "C", 'b' COLLATE "POSIX");

SELECT string_agg(name COLLATE "C", ',' COLLATE "POSIX") FROM a;

SELECT count(*) FROM a GROUP BY name COLLATE "C" ORDER BY name COLLATE "C";

SELECT name FROM a GROUP BY name COLLATE "C";

SET search_path TO other, public;

SELECT * FROM a;

SELECT * FROM only_here, b;

SELECT a.id, public.a.name FROM a, public.a;

SET search_path TO nosuch;

SELECT * FROM a;

SELECT * FROM public.a;

SELECT public.a.id FROM public.a;

SET search_path TO public;

CREATE TEMP TABLE a (temp integer);

SELECT * FROM a;

SELECT * FROM pg_temp.a, public.a p;

DROP TABLE pg_temp.a;

SELECT * FROM a;

SELECT relname, relkind, c.oid, relnamespace::regnamespace FROM pg_class c WHERE oid = 'a'::regclass AND relname = $1;

SELECT table_name, is_nullable FROM information_schema.columns WHERE table_schema = $1;

SELECT * FROM pg_catalog.pg_am, information_schema.schemata;

SELECT * FROM schemata;
