SELECT c.id, p.id FROM child c JOIN parent p ON p.id = c.parent_id

SELECT c.id, p.id, p.label FROM child c LEFT JOIN parent p ON p.id = c.parent_id

SELECT c.id, p.id, p.grand_id FROM child c LEFT JOIN parent p ON p.id = c.other_id

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id AND p.label = $1

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id AND c.n = $1

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id AND c.ok

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id WHERE c.n = $1

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id WHERE p.label = $1

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id OR p.id = c.other_id

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.id = c.id

SELECT c.id, p.id FROM child c LEFT JOIN parent p ON p.grand_id = c.parent_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id LEFT JOIN grand g ON g.id = p.grand_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN parent p ON p.id = c.other_id LEFT JOIN grand g ON g.id = p.grand_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN parent p ON p.id = c.parent_id LEFT JOIN grand g ON g.id = p.alt_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN (parent p JOIN grand g ON g.id = p.grand_id) ON p.id = c.parent_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN (parent p JOIN grand g ON g.id = p.alt_id) ON p.id = c.parent_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN (parent p LEFT JOIN grand g ON g.id = p.grand_id) ON p.id = c.parent_id

SELECT c.id, p.id, g.id FROM child c LEFT JOIN (parent p LEFT JOIN grand g ON g.id = p.alt_id) ON p.id = c.parent_id AND g.id > 0

SELECT c.id, p.id, g.id FROM child c LEFT JOIN parent p JOIN grand g ON g.id = p.grand_id ON p.id = c.parent_id

SELECT c.id, p.id FROM parent p RIGHT JOIN child c ON c.parent_id = p.id

SELECT c.id, p.id FROM parent p LEFT JOIN child c ON c.parent_id = p.id

SELECT c.id, p.id FROM parent p FULL JOIN child c ON c.parent_id = p.id

SELECT c.id, p.id FROM parent p FULL JOIN child c ON c.parent_id = p.id WHERE p.id IS NOT NULL

SELECT c.id, p.id FROM parent p FULL JOIN child c ON c.parent_id = p.id WHERE c.n > $1

SELECT c.id, p.id FROM parent p FULL JOIN child c ON c.parent_id = p.id WHERE p.id IS NULL

SELECT c.id, p.id FROM parent p FULL JOIN child c ON c.parent_id = p.id WHERE c.n > 0 OR p.label > ''

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT * FROM parent) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT * FROM parent WHERE label IS NOT NULL) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT * FROM parent LIMIT 1) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT * FROM parent OFFSET 1) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT id, count(*) FROM parent GROUP BY id) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT DISTINCT id FROM parent) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT p.id FROM parent p JOIN grand g ON g.id = p.grand_id) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN (SELECT p.id FROM parent p JOIN grand g ON g.id = p.alt_id) p ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN parent p TABLESAMPLE BERNOULLI (50) ON p.id = c.parent_id

SELECT c.id, p.id FROM child c LEFT JOIN LATERAL (SELECT * FROM parent p WHERE p.id = c.parent_id) p ON true

SELECT c.id, p.id FROM child c LEFT JOIN LATERAL (SELECT * FROM parent p WHERE p.id = c.other_id) p ON true

SELECT c.id, p.id FROM child c LEFT JOIN LATERAL (SELECT * FROM parent p WHERE p.id = c.parent_id) p ON p.label = $1

SELECT c.id, p.n FROM child c LEFT JOIN LATERAL (SELECT count(*) AS n FROM parent p WHERE p.id = c.other_id) p ON true

SELECT c.id, p.n FROM child c LEFT JOIN LATERAL (SELECT count(*) AS n FROM parent p WHERE p.id = c.other_id HAVING count(*) > 0) p ON true

SELECT c.id, p.n FROM child c CROSS JOIN LATERAL (SELECT max(p.id) AS n FROM parent p WHERE p.id = c.parent_id) p

WITH p AS (SELECT * FROM parent) SELECT c.id, p.id FROM child c LEFT JOIN p ON p.id = c.parent_id

WITH p AS (DELETE FROM parent RETURNING id) SELECT c.id, p.id FROM child c LEFT JOIN p ON p.id = c.parent_id

WITH d AS (DELETE FROM child RETURNING parent_id) SELECT d.parent_id, p.id FROM d LEFT JOIN parent p ON p.id = d.parent_id

WITH i AS (INSERT INTO child (id, parent_id) VALUES ($1, $2) RETURNING parent_id) SELECT i.parent_id, p.id FROM i LEFT JOIN parent p ON p.id = i.parent_id

WITH np AS (INSERT INTO parent (id, grand_id) VALUES (77, 1) RETURNING id), i AS (INSERT INTO child (id, parent_id) SELECT 99, id FROM np RETURNING parent_id) SELECT i.parent_id, p.id FROM i LEFT JOIN parent p ON p.id = i.parent_id

WITH np AS (INSERT INTO parent (id, grand_id) VALUES (77, 1) RETURNING id), u AS (UPDATE child SET parent_id = np.id FROM np RETURNING child.id, child.parent_id) SELECT u.parent_id, p.id FROM u LEFT JOIN parent p ON p.id = u.parent_id

UPDATE child c SET parent_id = $1 FROM child d LEFT JOIN parent p ON p.id = d.parent_id WHERE d.id = c.id RETURNING c.parent_id, p.id

INSERT INTO child (id, parent_id) VALUES ($1, $2) RETURNING id, (SELECT p.id FROM parent p WHERE p.id = parent_id)

SELECT c.id, p.label FROM composite_child c LEFT JOIN parent p ON p.id = c.parent_id AND p.grand_id = c.grand_id

SELECT c.id, p.id FROM composite_child c LEFT JOIN parent p ON p.id = c.parent_id

SELECT c.id, p.id FROM composite_child c LEFT JOIN parent p ON p.id = c.maybe_parent AND p.grand_id = c.maybe_grand

SELECT c.id, p.id FROM composite_child c LEFT JOIN parent p ON p.id = c.maybe_parent AND p.grand_id = c.maybe_grand WHERE c.maybe_parent IS NOT NULL

SELECT c.id, p.id FROM composite_child c LEFT JOIN parent p ON p.id = c.maybe_parent AND p.grand_id = c.maybe_grand WHERE c.maybe_parent IS NOT NULL AND c.maybe_grand IS NOT NULL

SELECT c.id, p.id FROM composite_child c LEFT JOIN parent p ON p.grand_id = c.parent_id AND p.id = c.grand_id

SELECT c.id, p.id FROM half_child c LEFT JOIN parent p ON p.id = c.parent_id AND p.grand_id = c.grand_id

SELECT c.id, p.id FROM half_child c LEFT JOIN parent p ON p.id = c.parent_id

SELECT c.id, p.id FROM half_child c LEFT JOIN parent p ON (p.id, p.grand_id) = (c.parent_id, c.grand_id) WHERE c.grand_id > 0

SELECT c.id, p.id FROM late_child c LEFT JOIN parent p ON p.id = c.parent_id

SELECT c.id, p.id FROM able_child c LEFT JOIN parent p ON p.id = c.parent_id

SELECT c.id, p.id FROM doubted_child c LEFT JOIN parent p ON p.id = c.parent_id

SELECT n.id, u.id, r.id FROM node n LEFT JOIN node u ON u.id = n.up LEFT JOIN node r ON r.id = n.root

SELECT n.id, u.id, r.id FROM node n LEFT JOIN node u ON u.id = n.up LEFT JOIN node r ON r.id = u.root

SELECT n.id, u.id, r.id FROM node n LEFT JOIN node r ON r.id = n.root LEFT JOIN node u ON u.id = r.up

SELECT p.id, b.id, b.v FROM pointing p LEFT JOIN base b ON b.id = p.base_id

SELECT p.id, b.id, b.v FROM ONLY pointing p LEFT JOIN base b ON b.id = p.base_id

SELECT p.id, b.id, b.v FROM pointing p LEFT JOIN ONLY base b ON b.id = p.base_id

SELECT p.id, b.id, b.v FROM ONLY pointing p LEFT JOIN ONLY base b ON b.id = p.base_id

SELECT p.id, b.id, b.v FROM pointing_more p LEFT JOIN base b ON b.id = p.base_id

SELECT p.id, b.id FROM pointing p LEFT JOIN derived b ON b.id = p.base_id

SELECT b.v FROM base b WHERE b.id = $1

SELECT b.v FROM ONLY base b WHERE b.id = $1

SELECT d.v, d.extra FROM derived d WHERE d.id = $1

SELECT l.w, a.id, b.id FROM link l JOIN parent a ON a.id = l.a JOIN child b ON b.id = l.b WHERE l.a = $1 AND l.b = $2

SELECT l.w, a.id, b.id FROM link l LEFT JOIN parent a ON a.id = l.a LEFT JOIN child b ON b.id = l.b

SELECT l.w, b.id, p.id FROM link l LEFT JOIN child b ON b.id = l.b LEFT JOIN parent p ON p.id = b.parent_id

SELECT c.id, (SELECT p.id FROM parent p WHERE p.id = c.parent_id), (SELECT p.id FROM parent p WHERE p.id = c.other_id) FROM child c

SELECT c.id, (SELECT p.grand_id FROM parent p WHERE p.id = c.parent_id), (SELECT p.alt_id FROM parent p WHERE p.id = c.parent_id) FROM child c

SELECT c.id, (SELECT p.id FROM parent p WHERE p.id = c.parent_id AND p.label = 'a'), (SELECT max(p.id) FROM parent p WHERE p.id = c.parent_id) FROM child c

SELECT c.id, (SELECT p.id FROM parent p WHERE p.id = c.parent_id LIMIT 1), (SELECT p.id FROM parent p WHERE p.id = c.parent_id OFFSET 1) FROM child c

SELECT c.id, (SELECT p.id FROM parent p WHERE p.id = c.parent_id) FROM grand g LEFT JOIN child c ON c.n = g.id

SELECT c.id, (SELECT p.id FROM parent p WHERE p.id = c.parent_id) FROM late_child c

SELECT g.id, c.id, p.id FROM grand g LEFT JOIN child c ON c.n = g.id LEFT JOIN parent p ON p.id = c.parent_id

SELECT g.id, c.id, p.id FROM grand g LEFT JOIN (child c LEFT JOIN parent p ON p.id = c.parent_id) ON c.n = g.id

SELECT g.id, c.id, p.id FROM grand g LEFT JOIN (child c LEFT JOIN parent p ON p.id = c.parent_id) ON p.grand_id = g.id

SELECT g.id, c.id, p.id FROM grand g LEFT JOIN (child c LEFT JOIN parent p ON p.id = c.parent_id) ON p.grand_id = g.id WHERE c.id > 0

SELECT g.id, c.id, p.id FROM (grand g LEFT JOIN child c ON c.n = g.id) LEFT JOIN parent p ON p.id = c.parent_id WHERE c.ok

SELECT count(*), sum(p.id) FROM child c JOIN parent p ON p.id = c.parent_id GROUP BY c.ok

SELECT c.ok, sum(p.id), max(p.label), count(p.id), array_agg(p.id), bool_and(c.ok) FROM child c LEFT JOIN parent p ON p.id = c.parent_id GROUP BY c.ok

SELECT p.id, p.label, g.name, count(c.id), sum(c.n), max(c.id) FROM parent p LEFT JOIN child c ON c.parent_id = p.id LEFT JOIN grand g ON g.id = p.grand_id GROUP BY p.id, g.id

SELECT p.id, count(*), sum(c.id) FROM parent p LEFT JOIN child c ON c.parent_id = p.id GROUP BY p.id

SELECT p.id, count(*), sum(c.id) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY p.id

SELECT p.id, sum(c.id) FILTER (WHERE c.id IS NOT NULL), max(p.id) FILTER (WHERE p.id > 1), count(c.id) FILTER (WHERE c.ok) FROM parent p LEFT JOIN child c ON c.parent_id = p.id GROUP BY p.id

SELECT p.id, max(c.n) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY p.id HAVING max(c.n) IS NOT NULL

SELECT p.id, max(c.n) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY p.id HAVING max(c.n) > 1

SELECT p.label, max(c.n) FROM parent p LEFT JOIN child c ON c.parent_id = p.id GROUP BY p.label HAVING p.label > ''

SELECT p.label, c.n FROM parent p LEFT JOIN child c ON c.parent_id = p.id GROUP BY ROLLUP (p.label, c.n) HAVING c.n > 0

SELECT p.label, c.n, grouping(p.label, c.n) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY CUBE (p.label, c.n) HAVING p.label IS NOT NULL

SELECT p.id, sum(c.id) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY GROUPING SETS ((p.id))

SELECT p.id, sum(c.id), count(*) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY GROUPING SETS ((p.id), ())

SELECT p.id, p.id + 1, coalesce(p.id, 0), sum(c.id) FROM parent p JOIN child c ON c.parent_id = p.id GROUP BY ROLLUP (p.id)

SELECT p.id + 1, sum(p.id) FROM parent p GROUP BY GROUPING SETS ((p.id + 1), (p.id))

SELECT p.id, (SELECT g.id FROM grand g WHERE g.id = p.id) FROM parent p GROUP BY ROLLUP (p.id)

SELECT p.grand_id, count(*) OVER (), sum(count(*)) OVER (), lag(p.grand_id) OVER (ORDER BY p.grand_id) FROM parent p GROUP BY p.grand_id

SELECT id, row_number() OVER (), rank() OVER (ORDER BY n), ntile(2) OVER (), lag(id) OVER (ORDER BY id), lag(id, 1, 0) OVER (ORDER BY id), lag(id, 1, n) OVER (ORDER BY id) FROM child

SELECT id, lag(id, 0) OVER (ORDER BY id), lead(id, n) OVER (ORDER BY id), lag(id, n, 0) OVER (ORDER BY id) FROM child

SELECT first_value(id) OVER (ORDER BY id), last_value(id) OVER (ORDER BY id), nth_value(id, 1) OVER (ORDER BY id), nth_value(id, 2) OVER (ORDER BY id) FROM child

SELECT first_value(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING), last_value(id) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM child

SELECT first_value(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), first_value(id) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) FROM child

SELECT sum(id) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW), sum(id) OVER (ORDER BY n RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES), sum(id) OVER (ORDER BY n GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) FROM child

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN $1 PRECEDING AND $2 FOLLOWING) FROM child

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING), sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING), sum(id) OVER (ORDER BY n RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM child

SELECT sum(id) OVER w, max(n) OVER w, count(*) OVER w, sum(id) OVER (w ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) FROM child WINDOW w AS (ORDER BY id)

SELECT sum(id) OVER w, count(n) OVER w FROM child WINDOW w AS (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)

SELECT sum(id) FILTER (WHERE n > 1) OVER (), count(*) FILTER (WHERE n > 1) OVER (), max(id) FILTER (WHERE true) OVER (PARTITION BY parent_id) FROM child

SELECT avg(id) OVER (PARTITION BY n ORDER BY id), stddev(id) OVER (), string_agg('x', ',') OVER (), array_agg(n) OVER (), every(ok) OVER (), percent_rank() OVER (ORDER BY id) FROM child

SELECT avg(id), stddev(id), stddev_pop(id), variance(id), var_pop(id), corr(id, id), regr_slope(id, id), regr_count(id, n), covar_samp(id, id) FROM child GROUP BY parent_id

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id), percentile_disc(0.5) WITHIN GROUP (ORDER BY id), mode() WITHIN GROUP (ORDER BY id), rank(1) WITHIN GROUP (ORDER BY id), percentile_disc(ARRAY[0.5, NULL]) WITHIN GROUP (ORDER BY id) FROM child GROUP BY parent_id

SELECT percentile_cont($1) WITHIN GROUP (ORDER BY id), mode() WITHIN GROUP (ORDER BY n), cume_dist(NULL) WITHIN GROUP (ORDER BY id) FROM child GROUP BY parent_id

SELECT string_agg(label, ','), string_agg('x', label), jsonb_agg(label), jsonb_object_agg(id, label), json_agg(id), array_agg(ARRAY[id]), xmlagg(xmlelement(name x, id)), bit_and(id), bool_or(id > 1) FROM parent GROUP BY grand_id

SELECT id FROM child WHERE n = $1 AND n > 0

SELECT n FROM child WHERE n = $1 OR n IS NULL

SELECT n FROM child WHERE n = $1 OR (n IS NOT NULL AND ok)

SELECT n FROM child WHERE NOT (n IS NULL OR ok)

SELECT n, ok FROM child WHERE NOT (n IS NULL AND ok IS NULL)

SELECT n, ok FROM child WHERE n IS NOT NULL = true

SELECT n, ok FROM child WHERE (n IS NULL) = false

SELECT n, ok FROM child WHERE (n > 1) IS NOT UNKNOWN

SELECT n, ok FROM child WHERE (n > 1) IS NOT TRUE

SELECT n, ok FROM child WHERE (n > 1) IS FALSE

SELECT n, ok FROM child WHERE (n > 1 OR ok) IS FALSE

SELECT n, ok FROM child WHERE (n > 1 AND ok) IS FALSE

SELECT n, ok FROM child WHERE (n > 1 AND ok) IS NOT UNKNOWN

SELECT n, ok FROM child WHERE NOT (n > 1 AND ok)

SELECT n, ok FROM child WHERE NOT (n > 1 OR NOT ok)

SELECT n, ok FROM child WHERE ok

SELECT n, ok FROM child WHERE NOT ok

SELECT n, ok FROM child WHERE ok IS NOT FALSE

SELECT n, ok FROM child WHERE (n, other_id) IS NOT NULL

SELECT n, ok FROM child WHERE NOT ((n, other_id) IS NULL)

SELECT n, ok FROM child WHERE (n, other_id) IS NULL

SELECT n, other_id FROM child WHERE (n, other_id) > (1, 2)

SELECT n, other_id FROM child WHERE (n, other_id) >= ($1, $2)

SELECT n, other_id FROM child WHERE (n, other_id) = ($1, $2)

SELECT n, other_id FROM child WHERE (n, other_id) <> ($1, $2)

SELECT n, other_id FROM child WHERE NOT ((n, other_id) = ($1, $2))

SELECT n, other_id FROM child WHERE (n, other_id) IS DISTINCT FROM (1, 2)

SELECT n, other_id FROM child WHERE (n, other_id) IN ((1, 2), (3, $1))

SELECT n, other_id FROM child WHERE (n, other_id) NOT IN ((1, 2), (3, $1))

SELECT n, other_id FROM child WHERE (n, other_id) IN (SELECT a, b FROM link)

SELECT n, other_id FROM child WHERE (n, other_id) NOT IN (SELECT a, b FROM link)

SELECT n, other_id FROM child WHERE (n, other_id) = (SELECT a, b FROM link LIMIT 1)

SELECT n, other_id FROM child WHERE (n, other_id) < ALL (SELECT a, b FROM link)

SELECT n FROM child WHERE n IN (SELECT id FROM grand)

SELECT n FROM child WHERE n NOT IN (SELECT id FROM grand)

SELECT n FROM child WHERE NOT (n IN (SELECT id FROM grand))

SELECT n FROM child WHERE NOT (n NOT IN (SELECT id FROM grand))

SELECT n FROM child WHERE n > ALL (SELECT id FROM grand)

SELECT n FROM child WHERE n > ANY (SELECT id FROM grand)

SELECT n FROM child WHERE NOT (n > ANY (SELECT id FROM grand))

SELECT n FROM child WHERE NOT (n > ALL (SELECT id FROM grand))

SELECT n FROM child WHERE n = ANY($1)

SELECT n FROM child WHERE n <> ALL($1)

SELECT n FROM child WHERE NOT (n = ANY($1))

SELECT n FROM child WHERE NOT (n = ALL($1))

SELECT n FROM child WHERE n NOT IN ($1, $2)

SELECT n FROM child WHERE n BETWEEN $1 AND $2

SELECT n FROM child WHERE n NOT BETWEEN $1 AND $2

SELECT n FROM child WHERE n BETWEEN SYMMETRIC $1 AND $2

SELECT n FROM child WHERE n IS DISTINCT FROM $1

SELECT n FROM child WHERE n IS NOT DISTINCT FROM $1

SELECT n FROM child WHERE n IS NOT DISTINCT FROM id

SELECT n FROM child WHERE coalesce(n, 0) = 0

SELECT n FROM child WHERE coalesce(n, $1) > 1

SELECT n FROM child WHERE nullif(n, 1) IS NOT NULL

SELECT n FROM child WHERE nullif(n, 1) = 2

SELECT n FROM child WHERE CASE WHEN n IS NULL THEN true ELSE false END

SELECT n FROM child WHERE CASE WHEN n > 1 THEN true END

SELECT n FROM child WHERE CASE n WHEN 1 THEN true ELSE ok END

SELECT n FROM child WHERE greatest(n, 1) = 1

SELECT n FROM child WHERE concat(n) <> ''

SELECT n FROM child WHERE num_nulls(n, ok) = 0

SELECT n FROM child WHERE (n + 1) * 2 > 0

SELECT n FROM child WHERE abs(n) > 0 AND ok IS NULL

SELECT n FROM child WHERE n::text LIKE '%'

SELECT n FROM child WHERE ARRAY[n] = ARRAY[1]

SELECT n FROM child WHERE n = ANY(ARRAY[n])

SELECT n FROM child WHERE ARRAY[n, 1] && ARRAY[1, 2]

SELECT n FROM child WHERE row(n) IS NOT NULL

SELECT n FROM child WHERE EXISTS (SELECT 1 FROM grand g WHERE g.id = n)

SELECT n FROM child WHERE EXISTS (SELECT 1 FROM grand g WHERE g.id = child.n OR true)

SELECT n FROM child WHERE (SELECT n) > 0

SELECT n FROM child WHERE (SELECT n > 0)

SELECT n FROM child WHERE $1::int IS NULL OR n = $1

SELECT n FROM child WHERE ($1::int IS NULL AND n IS NULL) OR n = $1

SELECT $1::int, coalesce($1, 1), $1 + n, $1::int IS NULL FROM child WHERE $1 IS NOT NULL

SELECT CASE WHEN n IS NOT NULL THEN n ELSE 0 END, CASE WHEN n IS NULL THEN 0 ELSE n END, CASE WHEN n > 0 THEN n END, CASE WHEN n > 0 THEN n ELSE 1 END FROM child

SELECT CASE WHEN n > 0 OR ok THEN n ELSE 1 END, CASE WHEN n > 0 AND ok THEN n ELSE 1 END, CASE WHEN NOT (n > 0) THEN n ELSE 1 END, CASE WHEN n > 0 THEN 1 ELSE n END FROM child

SELECT CASE WHEN n IS NULL OR other_id IS NULL THEN 0 ELSE n + other_id END, CASE WHEN n IS NULL AND other_id IS NULL THEN 0 ELSE coalesce(n, other_id) END FROM child

SELECT CASE n WHEN 1 THEN n ELSE 0 END, CASE WHEN n = 1 THEN n WHEN n IS NULL THEN 0 ELSE n END, CASE WHEN ok THEN 1 WHEN NOT ok THEN 2 END FROM child

SELECT CASE WHEN n IS NOT NULL THEN (SELECT n) ELSE 0 END, CASE WHEN n IS NOT NULL THEN (SELECT c.n FROM child c LIMIT 1) ELSE 0 END FROM child

SELECT (SELECT CASE WHEN c.n IS NOT NULL THEN c.n ELSE 0 END) FROM child c

SELECT p.id, CASE WHEN p.id IS NULL THEN 'none' ELSE p.id::text END, CASE WHEN p.id IS NOT NULL THEN p.grand_id ELSE 0 END FROM child c LEFT JOIN parent p ON p.id = c.other_id

SELECT p, p IS NULL, p IS NOT NULL, p.id FROM child c LEFT JOIN parent p ON p.id = c.other_id

SELECT p.id, p.label FROM child c LEFT JOIN parent p ON p.id = c.other_id WHERE p IS NOT NULL

SELECT p.id, p.label FROM child c LEFT JOIN parent p ON p.id = c.other_id WHERE NOT (p IS NULL)

SELECT p.id, p.label FROM child c LEFT JOIN parent p ON p.id = c.other_id WHERE p IS DISTINCT FROM NULL

SELECT p.id, p.tableoid, p.ctid, c.xmin FROM child c LEFT JOIN parent p ON p.id = c.other_id

SELECT to_jsonb(p), row_to_json(p), (p).id, to_jsonb(c) FROM child c LEFT JOIN parent p ON p.id = c.other_id

SELECT id, p.id, c.n FROM child c LEFT JOIN parent p USING (id)

SELECT id, p.id, c.id FROM child c RIGHT JOIN parent p USING (id)

SELECT id, p.id, c.id FROM child c FULL JOIN parent p USING (id)

SELECT id, p.id, c.id FROM child c FULL JOIN parent p USING (id) WHERE p.id IS NOT NULL

SELECT id, p.id, c.id FROM child c FULL JOIN parent p USING (id) WHERE id > 0

SELECT id, g.id FROM child c FULL JOIN parent p USING (id) LEFT JOIN grand g USING (id)

SELECT id, g.id FROM child c FULL JOIN parent p USING (id) FULL JOIN grand g USING (id)

SELECT id, g.id FROM child c LEFT JOIN parent p USING (id) RIGHT JOIN grand g USING (id)

SELECT grand_id, p.grand_id, h.grand_id FROM parent p FULL JOIN half_child h USING (grand_id)

SELECT grand_id, p.grand_id, h.grand_id FROM half_child h LEFT JOIN parent p USING (grand_id)

SELECT grand_id FROM half_child h JOIN parent p USING (grand_id)

SELECT x.id, x.grand_id FROM (parent FULL JOIN half_child USING (id, grand_id)) x

SELECT id, name FROM node NATURAL LEFT JOIN grand

SELECT id, name FROM node NATURAL RIGHT JOIN grand

SELECT s.k FROM grand g LEFT JOIN (SELECT 1 AS k) s ON g.id = 1

SELECT s.k FROM grand g LEFT JOIN (SELECT coalesce(n, 0) AS k FROM child) s ON s.k = g.id

SELECT s.k, coalesce(s.k, 1) FROM grand g LEFT JOIN (VALUES (1), (2)) s(k) ON s.k = g.id

SELECT s.k FROM grand g LEFT JOIN (SELECT count(*) AS k FROM child) s ON s.k = g.id

SELECT s.k FROM grand g LEFT JOIN generate_series(1, 2) s(k) ON s.k = g.id WHERE s.k > 0 OR g.name = 'a'

SELECT a.x, b.x FROM (SELECT 1 AS x UNION ALL SELECT NULL) a LEFT JOIN (SELECT 1 AS x UNION SELECT 2) b ON a.x = b.x

SELECT a.x FROM (SELECT id AS x FROM grand UNION ALL SELECT n FROM child) a

SELECT a.x FROM (SELECT id AS x FROM grand INTERSECT SELECT n FROM child) a

SELECT a.x FROM (SELECT n AS x FROM child EXCEPT SELECT id FROM grand) a

SELECT a.x FROM (SELECT n AS x FROM child WHERE n > 0 EXCEPT ALL SELECT NULL) a

SELECT DISTINCT ON (c.n) c.n, p.id FROM child c LEFT JOIN parent p ON p.id = c.other_id ORDER BY c.n, p.id

INSERT INTO grand (id, name, code) VALUES ($1, $2, $3) RETURNING *

INSERT INTO parent (id, grand_id, label) SELECT $1, id, name FROM grand WHERE id = $2 RETURNING *

INSERT INTO child (id, parent_id, n) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET n = excluded.n, ok = child.ok RETURNING n, ok, id

UPDATE parent SET label = NULL, alt_id = NULL WHERE label IS NOT NULL AND alt_id = $1 RETURNING label, alt_id, id, grand_id

UPDATE parent p SET label = g.name FROM grand g WHERE g.id = p.alt_id AND g.name IS NOT NULL RETURNING p.label, g.name, p.alt_id, g.id

UPDATE parent p SET label = s.name FROM (SELECT g.id, g.name FROM grand g WHERE g.name IS NOT NULL) s WHERE s.id = p.alt_id RETURNING p.label, s.name, p.alt_id

DELETE FROM child c USING parent p LEFT JOIN grand g ON g.id = p.alt_id WHERE p.id = c.parent_id AND c.n > 0 RETURNING c.n, c.id, p.id, g.id, c.other_id

