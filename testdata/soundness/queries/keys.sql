SELECT * FROM plain WHERE id = $1

SELECT * FROM plain WHERE $1 = id

SELECT * FROM plain WHERE id = $1 OR id = $2

SELECT * FROM plain WHERE id IN ($1)

SELECT * FROM plain WHERE id IN ($1, $2)

SELECT * FROM plain WHERE id = ANY($1)

SELECT * FROM plain WHERE (id, c) = ($1, $2)

SELECT * FROM plain WHERE (c, b) = ($1, $2)

SELECT * FROM plain WHERE id IS NOT DISTINCT FROM $1

SELECT * FROM plain WHERE id = $1 AND a IS NULL

SELECT * FROM plain WHERE NOT (id <> $1)

SELECT * FROM plain WHERE id >= $1 AND id <= $1

SELECT * FROM plain WHERE id BETWEEN $1 AND $1

SELECT * FROM plain WHERE id + 0 = $1

SELECT * FROM plain WHERE id::bigint = $1

SELECT * FROM plain WHERE id = $1::bigint

SELECT * FROM plain WHERE id = $1::numeric

SELECT * FROM plain WHERE id = $1::float8

SELECT * FROM plain WHERE id = (SELECT max(id) FROM plain)

SELECT * FROM plain WHERE id = (SELECT n FROM maybe LIMIT 1)

SELECT * FROM plain p WHERE id = (SELECT p.a)

SELECT * FROM plain p WHERE id = (SELECT max(x) FROM pair WHERE pair.a = p.a)

SELECT * FROM plain WHERE id = a

SELECT * FROM plain WHERE id = id

SELECT * FROM plain WHERE id = c AND c = $1

SELECT * FROM plain WHERE id = c AND c = a AND a = $1

SELECT * FROM plain WHERE id = (random() * 4)::int

SELECT * FROM plain WHERE id = abs($1)

SELECT * FROM plain WHERE id = least($1::int, $2)

SELECT * FROM plain WHERE id = CASE WHEN a > 1 THEN $1 ELSE 2 END

SELECT * FROM plain WHERE id = coalesce(a, $1)

SELECT * FROM pair WHERE a = $1

SELECT * FROM pair WHERE b = $1

SELECT * FROM pair WHERE a = $1 AND b = $2

SELECT * FROM pair WHERE (a, b) = ($1, $2)

SELECT * FROM pair WHERE (a, b) IN (($1, $2))

SELECT * FROM pair WHERE (a, b) IN (SELECT id, b FROM plain WHERE id = $1)

SELECT * FROM pair WHERE a = $1 AND b LIKE $2

SELECT * FROM pair WHERE a = $1 AND b > ''

SELECT * FROM pair WHERE a = x AND x = $1 AND b = y AND y = $2

SELECT * FROM maybe WHERE id = $1

SELECT * FROM maybe WHERE code = $1

SELECT * FROM maybe WHERE code IS NULL

SELECT * FROM maybe WHERE id IS NOT DISTINCT FROM $1

SELECT * FROM maybe WHERE n = $1 AND code = $2

SELECT * FROM maybe WHERE n = $1 AND code IS NULL

SELECT * FROM maybe WHERE n IS NULL AND code IS NULL

SELECT * FROM distinct_nulls WHERE a = $1

SELECT * FROM distinct_nulls WHERE a IS NULL

SELECT * FROM distinct_nulls WHERE a IS NOT DISTINCT FROM $1

SELECT * FROM distinct_nulls WHERE id = $1 AND b IS NULL

SELECT * FROM distinct_nulls WHERE id IS NULL AND b IS NULL

SELECT * FROM distinct_nulls WHERE id = $1

SELECT * FROM partly WHERE id = $1

SELECT * FROM partly WHERE id = $1 AND live

SELECT * FROM partly WHERE id = $1 AND NOT live

SELECT * FROM partly WHERE id = $1 AND live IS NOT FALSE

SELECT * FROM partly WHERE id = $1 AND live IS TRUE

SELECT * FROM partly WHERE name = $1 AND gone IS NULL

SELECT * FROM partly WHERE name = $1 AND gone IS NOT NULL

SELECT * FROM partly WHERE name = $1

SELECT * FROM computed WHERE name = $1

SELECT * FROM computed WHERE lower(name) = $1

SELECT * FROM computed WHERE lower(name) = lower($1)

SELECT * FROM computed WHERE upper(name) = $1

SELECT * FROM computed WHERE id = $1 AND upper(name) = $2

SELECT * FROM computed WHERE id = $1

SELECT * FROM computed WHERE lower(name) COLLATE "C" = $1

SELECT * FROM late WHERE id = $1

SELECT * FROM late WHERE n = $1

SELECT l.t, (SELECT m.t FROM late m WHERE m.id = l.n) FROM late l WHERE l.id = $1

SELECT * FROM excluded_rows WHERE during = $1

SELECT * FROM collated WHERE name = $1

SELECT * FROM collated WHERE name = $1 COLLATE "C"

SELECT * FROM collated WHERE name = $1 COLLATE blind

SELECT * FROM collated WHERE folded = $1

SELECT * FROM collated WHERE folded = $1 COLLATE "C"

SELECT a.name FROM collated a JOIN collated b ON a.name = b.folded COLLATE blind WHERE b.name = $1

SELECT a.name FROM collated a JOIN plain b ON a.name = b.b COLLATE blind WHERE b.id = $1

SELECT a.n FROM collated a WHERE a.name COLLATE blind = $1

SELECT a.n FROM collated a WHERE a.folded = 'a' COLLATE blind

SELECT * FROM covering WHERE id = $1

SELECT * FROM covering WHERE a = $1

SELECT * FROM hashed WHERE id = $1

SELECT * FROM hashed WHERE id IS NULL

SELECT * FROM numbers WHERE n = $1

SELECT * FROM numbers WHERE n = $1::int

SELECT * FROM numbers WHERE n = 1

SELECT * FROM numbers WHERE i8 = $1

SELECT * FROM numbers WHERE i8 = $1::int

SELECT * FROM numbers WHERE i8 = $1::smallint

SELECT * FROM numbers WHERE i8 = $1::numeric

SELECT * FROM numbers WHERE i8 = $1::float8

SELECT * FROM numbers WHERE i8::int = $1

SELECT * FROM numbers WHERE i8::float8 = $1

SELECT * FROM numbers WHERE f = $1

SELECT * FROM numbers WHERE f = $1::real

SELECT * FROM numbers WHERE f::int = $1

SELECT * FROM numbers WHERE c = $1

SELECT * FROM numbers WHERE c = $1::text

SELECT * FROM numbers WHERE c::text = $1

SELECT * FROM numbers WHERE v = $1

SELECT * FROM numbers WHERE v = $1::text

SELECT * FROM numbers WHERE v = $1::bpchar

SELECT * FROM numbers WHERE v::bpchar = $1

SELECT * FROM numbers WHERE v = $1::char(2)

SELECT p.id, q.x FROM plain p JOIN pair q ON q.a = p.id WHERE p.id = $1

SELECT p.id, q.x FROM plain p JOIN pair q ON q.a = p.id AND q.b = p.b WHERE p.id = $1

SELECT p.id, q.x FROM plain p LEFT JOIN pair q ON q.a = p.id AND q.b = p.b WHERE p.id = $1

SELECT p.id, q.x FROM plain p RIGHT JOIN pair q ON q.a = p.id AND q.b = p.b WHERE p.id = $1

SELECT p.id, q.x FROM plain p FULL JOIN pair q ON q.a = p.id AND q.b = p.b WHERE p.id = $1

SELECT p.id, q.id FROM plain p FULL JOIN covering q ON q.id = p.id WHERE p.id = $1 AND q.id = $1

SELECT p.id, q.id FROM plain p LEFT JOIN covering q ON p.id = $1 AND q.id = $2

SELECT p.id, q.id FROM plain p LEFT JOIN covering q ON q.id = p.id AND p.id = $1

SELECT p.id, q.id FROM plain p JOIN covering q ON q.id = p.a AND p.id = q.a

SELECT p.id, q.id FROM plain p JOIN covering q ON q.id = p.id AND p.id = q.id

SELECT p.id, q.id FROM plain p JOIN covering q ON q.id = p.id WHERE q.a = $1 AND p.c = $2

SELECT p.id, q.id FROM plain p CROSS JOIN covering q WHERE p.id = $1 AND q.id = $2

SELECT p.id, q.id, r.id FROM plain p JOIN covering q ON q.id = p.a LEFT JOIN hashed r ON r.id = q.a WHERE p.id = $1

SELECT p.id, q.id, r.id FROM plain p LEFT JOIN (covering q JOIN hashed r ON r.id = q.a) ON q.id = p.a WHERE p.id = $1

SELECT p.id, q.id, r.id FROM plain p LEFT JOIN (covering q LEFT JOIN hashed r ON r.id = q.a) ON r.id = p.a WHERE p.id = $1

SELECT p.id, q.id, r.id FROM plain p LEFT JOIN (covering q RIGHT JOIN hashed r ON r.v = 'a' AND q.id = 1) ON r.id = p.a WHERE p.id = $1

SELECT id FROM plain JOIN covering USING (id) WHERE id = $1

SELECT id FROM plain LEFT JOIN covering USING (id) WHERE id = $1

SELECT id FROM plain RIGHT JOIN covering USING (id) WHERE id = $1

SELECT id FROM plain FULL JOIN covering USING (id) WHERE id = $1

SELECT id, v, b FROM plain NATURAL JOIN hashed WHERE id = $1

SELECT id, a FROM plain NATURAL FULL JOIN covering WHERE id = $1

SELECT k.id FROM (plain FULL JOIN covering USING (id)) k WHERE k.id = $1

SELECT * FROM plain p, LATERAL (SELECT * FROM covering q WHERE q.id = p.id) l WHERE p.id = $1

SELECT * FROM plain p, LATERAL (SELECT p.id AS k) l WHERE p.id = l.k

SELECT * FROM plain p CROSS JOIN LATERAL (SELECT count(*) AS k FROM covering q WHERE q.a = p.a) l WHERE p.id = l.k

SELECT * FROM plain p CROSS JOIN LATERAL (SELECT max(q.id) AS k FROM covering q WHERE q.a = p.a) l WHERE p.id = l.k

SELECT * FROM plain p CROSS JOIN LATERAL (VALUES (p.id)) l(k) WHERE p.id = l.k

SELECT * FROM plain p CROSS JOIN LATERAL abs(p.id) l(k) WHERE p.id = l.k

SELECT * FROM plain p LEFT JOIN LATERAL (SELECT q.a FROM covering q WHERE q.id = p.a LIMIT 1) l ON true WHERE p.id = $1

SELECT * FROM plain p CROSS JOIN generate_series(1, $1) g WHERE p.id = g

SELECT * FROM plain p CROSS JOIN unnest(p.nums) g WHERE p.id = $1

SELECT * FROM (SELECT * FROM plain WHERE id = $1) s

SELECT * FROM (SELECT id AS k FROM plain) s WHERE k = $1

SELECT * FROM (SELECT a AS k FROM plain) s WHERE k = $1

SELECT * FROM (SELECT DISTINCT a FROM plain) s WHERE a = $1

SELECT * FROM (SELECT DISTINCT ON (a) a, b FROM plain ORDER BY a, b) s WHERE a = $1

SELECT a, count(*) FROM plain WHERE a = $1 GROUP BY a

SELECT a, b, count(*) FROM plain WHERE a = $1 GROUP BY a, b

SELECT * FROM (SELECT a, count(*) AS n FROM plain GROUP BY a) s WHERE a = $1

SELECT a, count(*) FROM plain WHERE id = $1 GROUP BY a

SELECT a, count(*) FROM plain WHERE id = $1 GROUP BY ROLLUP (a)

SELECT count(*) FROM plain WHERE id = $1 GROUP BY ()

SELECT count(*) FROM plain GROUP BY GROUPING SETS ((), ())

SELECT count(*) FROM plain GROUP BY 1 + 1

SELECT count(*) FROM plain GROUP BY (true AND NOT false)

SELECT 1 FROM plain GROUP BY ()

SELECT 1 FROM plain HAVING true

SELECT 1 FROM plain HAVING count(*) > $1

SELECT sum(id) FROM plain HAVING sum(id) IS NOT NULL

SELECT max(id), min(b), count(*), array_agg(a), bool_or(a > 1) FROM plain

SELECT max(id) FROM plain LIMIT 1

SELECT max(id) FROM plain LIMIT $1

SELECT max(id) FROM plain OFFSET $1

SELECT max(id) FROM plain LIMIT 0

SELECT max(id) FROM plain OFFSET 0

SELECT id FROM plain WHERE id = $1 FOR UPDATE

SELECT id FROM plain LIMIT 1

SELECT id FROM plain ORDER BY id LIMIT 1

SELECT id FROM plain LIMIT '1'

SELECT id FROM plain LIMIT 1.0

SELECT id FROM plain LIMIT 1.4

SELECT id FROM plain LIMIT 2 - 1

SELECT id FROM plain LIMIT $1

SELECT id FROM plain LIMIT NULL

SELECT id FROM plain LIMIT ALL

SELECT id FROM plain LIMIT 0

SELECT id FROM plain LIMIT bit_count('1'::bytea)

SELECT id FROM plain LIMIT (SELECT 1)

SELECT id FROM plain LIMIT (SELECT max(id) FROM plain)

SELECT id FROM plain FETCH FIRST ROW ONLY

SELECT a FROM plain ORDER BY a FETCH FIRST 1 ROW WITH TIES

SELECT a FROM plain ORDER BY a OFFSET 1 FETCH NEXT 1 ROW ONLY

SELECT generate_series(1, 3) FROM plain WHERE id = $1

SELECT generate_series(1, 3)

SELECT generate_series(1, 3) LIMIT 1

SELECT unnest(nums), id FROM plain WHERE id = $1

SELECT unnest(nums), generate_series(1, 2), b FROM plain

SELECT unnest(nums), unnest(tags) FROM plain

SELECT generate_series(1, 2), generate_series(1, 3)

SELECT generate_series(1, 2) + unnest(ARRAY[1])

SELECT abs(generate_series(1, 2)), 'x'

SELECT unnest(ARRAY[1, 2])

SELECT unnest(ARRAY[1, NULL])

SELECT g, n FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS r(g, n)

SELECT * FROM ROWS FROM (generate_series(1, 2)) WITH ORDINALITY AS r(g, n)

SELECT * FROM unnest(ARRAY['a'], ARRAY[1, 2]) AS r(g, n)

SELECT * FROM unnest($1::int[]) WITH ORDINALITY AS r(g, n)

SELECT p.id, r.g, r.n FROM plain p LEFT JOIN unnest(p.nums) WITH ORDINALITY AS r(g, n) ON true

SELECT p.id, r.* FROM plain p, jsonb_each(p.j) r

SELECT p.id, r.* FROM plain p, jsonb_each_text(CASE WHEN jsonb_typeof(p.j) = 'object' THEN p.j END) r

SELECT r.* FROM jsonb_to_recordset('[{"a":1},{"b":"x"},null]') AS r(a int, b text)

SELECT r.* FROM jsonb_to_record('{"a":1}') AS r(a int, b text)

SELECT r.* FROM jsonb_array_elements_text('[null, 1]') r

SELECT r FROM jsonb_array_elements('[null, 1]') r

SELECT r FROM jsonb_path_query('{"a":[null]}', '$.a[*]') r

SELECT r FROM regexp_matches('foo', '(x)?foo') r

SELECT r[1] FROM regexp_matches('foo', '(x)?foo') r

SELECT r FROM string_to_table('a,b', ',', 'b') r

SELECT r FROM string_to_table($1, ',', NULL) r

SELECT r FROM generate_subscripts(ARRAY[1, 2], 1) r

SELECT * FROM (VALUES (1, 'a')) v(i, t)

SELECT * FROM (VALUES (1, 'a'), (NULL, 'b')) v(i, t)

SELECT * FROM (VALUES (1, $1::text)) v(i, t) WHERE i = 1

VALUES (1)

VALUES (1), (2)

VALUES (1, NULL::int), (2, 3)

VALUES ($1::int)

VALUES (1) LIMIT 0

VALUES (1) OFFSET $1

SELECT id FROM plain WHERE id = $1 UNION SELECT id FROM covering WHERE id = $1

SELECT id FROM plain WHERE id = $1 UNION ALL SELECT NULL

SELECT id FROM plain WHERE id = $1 INTERSECT SELECT id FROM covering

SELECT id FROM plain INTERSECT ALL SELECT id FROM covering WHERE id = $1

SELECT id FROM covering EXCEPT SELECT id FROM plain WHERE id = $1

SELECT id FROM covering WHERE id = $1 EXCEPT ALL SELECT id FROM plain

SELECT 1 UNION SELECT 1

SELECT 1 INTERSECT SELECT 1

SELECT 1 EXCEPT SELECT 2

SELECT a FROM plain EXCEPT SELECT id FROM plain

SELECT id FROM covering INTERSECT SELECT id FROM plain

SELECT id, a FROM covering INTERSECT SELECT a, id FROM plain

(SELECT id FROM plain LIMIT 1) UNION ALL (SELECT id FROM plain LIMIT 1)

(SELECT id FROM plain LIMIT 1) INTERSECT (SELECT id FROM plain)

WITH q AS (SELECT * FROM plain WHERE id = $1) SELECT * FROM q

WITH q AS (SELECT * FROM plain WHERE id = $1) SELECT * FROM q a, q b

WITH q AS (SELECT id AS k FROM plain) SELECT * FROM q WHERE k = $1

WITH q AS (SELECT max(id) AS k FROM plain) SELECT * FROM plain, q WHERE plain.id = q.k

WITH q AS MATERIALIZED (SELECT id FROM plain LIMIT 1) SELECT p.* FROM plain p JOIN q ON q.id = p.id

WITH RECURSIVE r AS (SELECT 1 AS n, 'a'::text AS t UNION ALL SELECT n + 1, NULL FROM r WHERE n < 3) SELECT * FROM r

WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r

WITH RECURSIVE r(a, b, c) AS (SELECT 1, 2, 3 UNION ALL SELECT a + 1, c, NULL FROM r WHERE a < 4) SELECT * FROM r

WITH RECURSIVE r(a, b) AS (SELECT 1, id FROM plain UNION ALL SELECT r.a + 1, p.a FROM r LEFT JOIN plain p ON p.id = r.b WHERE r.a < 3) SELECT * FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET o SELECT * FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n % 2 + 1 FROM r) CYCLE n SET again USING path SELECT * FROM r

WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r LIMIT 1

WITH RECURSIVE a(x, y) AS (SELECT 1, 2 UNION ALL SELECT x + 1, (WITH RECURSIVE b(z) AS (SELECT a.y UNION ALL SELECT NULL FROM b WHERE z IS NOT NULL) SELECT min(z) FROM b) FROM a WHERE x < 3) SELECT * FROM a

WITH d AS (DELETE FROM plain WHERE id = $1 RETURNING *) SELECT * FROM d

WITH d AS (DELETE FROM plain RETURNING id, a) SELECT p.id, d.id, d.a FROM plain p LEFT JOIN d ON d.id = p.id

WITH i AS (INSERT INTO hashed VALUES (9, NULL) RETURNING *) SELECT i.*, (SELECT h.v FROM hashed h WHERE h.id = 9) FROM i

WITH u AS (UPDATE plain SET a = NULL WHERE a IS NOT NULL RETURNING a, id) SELECT * FROM u

WITH u AS (UPDATE plain SET c = 1 WHERE a IS NOT NULL RETURNING a, id) SELECT * FROM u

INSERT INTO plain (id, c) VALUES ($1, $2) RETURNING *

INSERT INTO plain (id, c, a, b) VALUES ($1, $2, $3, $4) RETURNING id, a, b, c

INSERT INTO plain (id, c) VALUES ($1, 1), ($2, 2) RETURNING id

INSERT INTO plain (id, c) VALUES ($1, 1) ON CONFLICT DO NOTHING RETURNING id

INSERT INTO plain (id, c) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET a = NULL RETURNING id, a, c

INSERT INTO plain (id, c) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET b = excluded.b WHERE plain.a IS NOT NULL RETURNING id, a

INSERT INTO plain (id, c) SELECT id + 10, n FROM maybe WHERE n IS NOT NULL RETURNING id, c, a

INSERT INTO plain (id, c, a) SELECT 99, 1, n FROM maybe WHERE n > 1 LIMIT 1 RETURNING a

INSERT INTO plain (id, c) SELECT 77, 1 RETURNING id

INSERT INTO plain (id, c) SELECT 77, 1 WHERE $1 RETURNING id

INSERT INTO covering DEFAULT VALUES RETURNING *

UPDATE plain SET a = $1 WHERE id = $2 RETURNING *

UPDATE plain SET a = $1 WHERE a = $2 RETURNING a, id

UPDATE plain SET a = NULL WHERE a IS NOT NULL RETURNING a

UPDATE plain SET b = 'x' WHERE a IS NOT NULL RETURNING a, b

UPDATE plain p SET a = m.n FROM maybe m WHERE m.id = p.d AND m.n IS NOT NULL RETURNING p.a, m.n

UPDATE plain p SET a = m.n FROM maybe m WHERE m.code = p.b AND p.id = $1 RETURNING p.a, m.n, m.code

UPDATE plain p SET a = m.n FROM maybe m WHERE m.id = $1 RETURNING p.id

UPDATE plain p SET (a, b) = (SELECT n, code FROM maybe m WHERE m.id = p.d) RETURNING a, b

UPDATE plain p SET a = h.id FROM plain q LEFT JOIN hashed h ON h.id = q.a WHERE q.id = p.id RETURNING p.id, q.id, h.id

DELETE FROM plain WHERE id = $1 RETURNING *

DELETE FROM plain WHERE a = $1 RETURNING a

DELETE FROM plain p USING maybe m WHERE m.n = p.id RETURNING p.id, m.n, m.id

DELETE FROM plain p USING maybe m WHERE m.id = $1 AND p.id = m.n RETURNING p.id, m.n

MERGE INTO plain p USING maybe m ON m.n = p.id WHEN MATCHED THEN UPDATE SET a = $1 WHEN NOT MATCHED THEN INSERT (id, c) VALUES (coalesce(m.n, 50), $2)

SELECT (SELECT id FROM plain WHERE id = $1)

SELECT (SELECT max(id) FROM plain), (SELECT count(*) FROM plain), (SELECT 1), (SELECT 1 WHERE $1)

SELECT (SELECT count(*) FROM plain GROUP BY ()), (SELECT count(*) FROM plain HAVING true), (SELECT count(*) FROM plain LIMIT 1)

SELECT (SELECT count(*) FROM plain WHERE a = p.a GROUP BY a) FROM plain p

SELECT (SELECT p.id FROM hashed h WHERE h.id = p.a) FROM plain p

SELECT EXISTS (SELECT 1 FROM plain), NOT EXISTS (SELECT NULL), ARRAY(SELECT a FROM plain)

SELECT a IN (SELECT id FROM plain), a NOT IN (SELECT a FROM plain), a = ALL (SELECT id FROM plain) FROM plain

SELECT id IN (SELECT a FROM plain), id = ANY (SELECT id FROM plain), id < ALL (SELECT n FROM maybe) FROM plain

SELECT (id, c) IN (SELECT id, a FROM plain), (id, c) = (SELECT 1, 2), (id, c) < ALL (SELECT id, c FROM plain) FROM plain

SELECT id = ANY(nums), id = ALL(nums), id = ANY(ARRAY[1, 2]), id = ANY(ARRAY[1, NULL]), id = ANY('{1,NULL}') FROM plain

SELECT id IN (1, 2), id IN (1, NULL), id NOT IN (1, a), a IN (1), 1 IN (id, c) FROM plain

SELECT n FROM maybe WHERE n NOT IN (SELECT id FROM plain)

SELECT n FROM maybe WHERE n > ALL (SELECT id FROM plain WHERE c > 100)

SELECT n FROM maybe WHERE n NOT IN (SELECT 1 WHERE false)

SELECT n FROM maybe WHERE n <> ALL('{}')

SELECT n FROM maybe WHERE n = ALL(ARRAY[]::int[])

SELECT a FROM plain WHERE a < ALL(nums)

SELECT n, code FROM maybe WHERE NOT (n IN (SELECT 1 WHERE false)) AND NOT (code = ANY('{}'))

SELECT n FROM maybe WHERE NOT EXISTS (SELECT 1 FROM plain WHERE id = n)

