-- When an expression in ORDER BY or HAVING is that of the target list; positions within rows, sub-selects, subscripts.
CREATE TABLE b (id integer, ts timestamptz, n varchar(5));

SELECT DISTINCT lag(ts, 1::smallint, ts) OVER () FROM b ORDER BY lag(ts, 1::smallint, ts) OVER ();

SELECT DISTINCT lag(ts, 1, ts) OVER () FROM b ORDER BY lag(ts, 1, ts) OVER ();

SELECT DISTINCT lag(ts) OVER () FROM b ORDER BY lag(ts) OVER ();

SELECT DISTINCT lag(ts) OVER (ORDER BY id) FROM b ORDER BY lag(ts) OVER (ORDER BY id);

SELECT DISTINCT sum(id) OVER (PARTITION BY n ROWS 1 PRECEDING) FROM b ORDER BY sum(id) OVER (PARTITION BY n ROWS 1 PRECEDING);

SELECT DISTINCT 1::smallint + id FROM b ORDER BY 1::smallint + id;

SELECT DISTINCT 1::smallint::integer + id FROM b ORDER BY CAST(1::smallint AS integer) + id;

SELECT DISTINCT id::text FROM b ORDER BY id::text, (id)::text;

SELECT DISTINCT n::text FROM b ORDER BY n::text;

SELECT DISTINCT n FROM b ORDER BY n::text;

SELECT DISTINCT 'a' || n FROM b ORDER BY 'a' || n;

SELECT DISTINCT CASE WHEN id = 1 THEN 'a' ELSE n END FROM b ORDER BY CASE WHEN id = 1 THEN 'a' ELSE n END;

SELECT DISTINCT COALESCE(n, 'x') FROM b ORDER BY COALESCE(n, 'x');

SELECT DISTINCT (SELECT 1) FROM b ORDER BY (SELECT 1);

SELECT DISTINCT (SELECT max(x.id) FROM b x WHERE x.n = b.n) FROM b ORDER BY (SELECT max(x.id) FROM b x WHERE x.n = b.n);

SELECT DISTINCT ARRAY[id, 2] FROM b ORDER BY ARRAY[id, 2];

SELECT DISTINCT ROW(id, n) FROM b ORDER BY ROW(id, n);

SELECT DISTINCT b FROM b ORDER BY b;

SELECT DISTINCT $1 + id FROM b ORDER BY $1 + id;

SELECT DISTINCT $1 + id FROM b ORDER BY $2 + id;

SELECT DISTINCT n COLLATE "C" FROM b ORDER BY n COLLATE "C";

SELECT DISTINCT id IN (1, 2) FROM b ORDER BY id IN (1, 2);

SELECT DISTINCT id BETWEEN 1 AND 2 FROM b ORDER BY id BETWEEN 1 AND 2;

SELECT DISTINCT id = ANY (ARRAY[1]) FROM b ORDER BY id = ANY (ARRAY[1]);

SELECT DISTINCT id IS NULL, n IS NOT NULL FROM b ORDER BY n IS NOT NULL, id IS NULL;

SELECT DISTINCT NULLIF(id, 1), GREATEST(id, 2) FROM b ORDER BY GREATEST(id, 2), NULLIF(id, 1);

SELECT DISTINCT current_date, now() FROM b ORDER BY now(), current_date;

SELECT DISTINCT xmlserialize(content xmlelement(name a, n) AS text) FROM b ORDER BY xmlserialize(content xmlelement(name a, n) AS text);

SELECT DISTINCT (ARRAY[1, id])[1] FROM b ORDER BY (ARRAY[1, id])[1];

SELECT DISTINCT (ROW(id, 2)).f1 FROM b ORDER BY (ROW(id, 2)).f1;

SELECT DISTINCT count(*), sum(DISTINCT id), string_agg(n, ',' ORDER BY n), count(*) FILTER (WHERE id > 1), percentile_cont(0.5) WITHIN GROUP (ORDER BY id) FROM b ORDER BY percentile_cont(0.5) WITHIN GROUP (ORDER BY id), count(*) FILTER (WHERE id > 1), string_agg(n, ',' ORDER BY n), sum(DISTINCT id), count(*);

SELECT id + 1 FROM b GROUP BY id + 1, n::text HAVING max(n::text) > 'a' ORDER BY (n::text) || 'x', id + 1;

CREATE TYPE pt AS (x integer, y numeric);

CREATE TABLE a (id integer, p pt, j jsonb, v varchar(10), u uuid);

CREATE FUNCTION f_row(a) RETURNS text LANGUAGE sql AS 'SELECT $1.v';

SELECT CASE WHEN ROW(1, 2)::pt THEN 1 END;

SELECT CASE WHEN true THEN ROW(1, 2)::pt ELSE gen_random_uuid() END;

SELECT f_row(s) FROM (SELECT 'x'::text) s;

SELECT 1, 2 UNION SELECT ROW(1, 2)::pt;

SELECT count(*) FROM a WHERE id IN (SELECT a.id) HAVING id IN (SELECT a.u);

SELECT id IN (SELECT a.id), count(*) FROM a;

SELECT (j)[v], max(id) FROM a;

SELECT (ARRAY[id])[max(id)] FROM a;

WITH RECURSIVE r(x) AS (SELECT ARRAY[v, v] FROM a UNION ALL SELECT ARRAY['a'::text] FROM r) SELECT * FROM r;

WITH RECURSIVE r(x) AS (SELECT ARRAY[v, 'b'] FROM a UNION ALL SELECT x FROM r) SELECT * FROM r;

CREATE TABLE arr AS SELECT ARRAY[v, v] AS vs, ARRAY[[v]] AS vv, ARRAY[v, 'x'] AS mixed FROM a;

SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY to_json(generate_series(1, 2))) FROM a;

SELECT max(generate_series(1, generate_series(1, 2))) FROM a;

SELECT sum(1 + generate_series(1, 2)), count(*) FILTER (WHERE generate_series(1, 2) = 1) FROM a;

SELECT max(DISTINCT (j::json) ORDER BY generate_series(1, 2)) FROM a;

SELECT max(rank() OVER (ORDER BY generate_series(1, 2))) FROM a;

SELECT sum(id) OVER (PARTITION BY v), sum(id) OVER (PARTITION BY v) FROM a WINDOW w AS (PARTITION BY v) ORDER BY sum(id) OVER w;

SELECT DISTINCT sum(id) OVER (PARTITION BY v) FROM a WINDOW w AS (PARTITION BY v) ORDER BY sum(id) OVER w;

CREATE TABLE sm (id smallint, w text);

CREATE TABLE bg (id integer, w text, ps integer);

SELECT (SELECT id) FROM bg RIGHT JOIN sm USING (id) GROUP BY sm.id;

SELECT (SELECT id), ps FROM bg RIGHT JOIN sm USING (id) GROUP BY sm.id;

SELECT (SELECT id) FROM bg FULL JOIN sm USING (id) GROUP BY sm.id;

SELECT (SELECT id) FROM bg FULL JOIN sm USING (id) GROUP BY id;

SELECT j FROM (bg FULL JOIN sm USING (id)) AS j GROUP BY j.ps;

SELECT j FROM (bg JOIN sm USING (id)) AS j GROUP BY j.id;

SELECT (SELECT w FROM bg x WHERE sm.w = 'a' AND x.id = sm.id) FROM sm GROUP BY sm.id;

SELECT (SELECT sm.w FROM bg x WHERE sm.id = x.id) FROM sm GROUP BY ();

SELECT bg.id, sm.id FROM bg, sm UNION SELECT x.id, x.nosuch FROM (SELECT 1 AS z) x;

SELECT bg.id, sm.id FROM bg, sm UNION SELECT x.z, x.w FROM (SELECT 1 AS z) x;
