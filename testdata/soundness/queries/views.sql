SELECT * FROM filtered

SELECT * FROM filtered WHERE id = $1

SELECT a.id, f.a, f.b FROM u a LEFT JOIN filtered f ON f.id = a.t_id

SELECT * FROM guarded

SELECT * FROM guarded WHERE id = $1

SELECT * FROM checked_view

SELECT * FROM joined

SELECT * FROM joined WHERE id = $1

SELECT * FROM joined WHERE u_id = $1

SELECT * FROM joined WHERE note > ''

SELECT * FROM joined WHERE n IS NOT NULL

SELECT * FROM counted

SELECT * FROM counted WHERE n > 1

SELECT t.id, c.n, c.total FROM t CROSS JOIN counted c WHERE t.id = $1

SELECT t.id, c.n FROM t LEFT JOIN counted c ON c.n = t.id

SELECT * FROM first_row

SELECT * FROM first_row f JOIN t ON t.id = f.id

SELECT * FROM nested

SELECT * FROM nested WHERE id = $1

SELECT n.id, n.n, s.id, s.a, s.b FROM nested n LEFT JOIN stored s ON s.id = n.id

SELECT * FROM stored

SELECT * FROM stored WHERE id = $1

SELECT * FROM instead

SELECT * FROM instead WHERE id = $1

SELECT * FROM ruled WHERE id = $1

SELECT * FROM over_trig

SELECT f, (f).a, f IS NULL FROM t LEFT JOIN filtered f ON f.id = t.a

INSERT INTO filtered (id, b) VALUES ($1, $2) RETURNING *

INSERT INTO filtered (id, b, a) VALUES ($1, $2, $3) RETURNING a, b, id, d

INSERT INTO filtered (id, b) SELECT 90, 'x' RETURNING a

UPDATE filtered SET a = NULL RETURNING a

UPDATE filtered SET a = $1 WHERE id = $2 RETURNING id, a

UPDATE filtered SET b = 'x' RETURNING a, b

UPDATE filtered f SET a = u.n FROM u WHERE u.t_id = f.id RETURNING f.a, u.n, u.t_id

DELETE FROM filtered RETURNING a, b, d

DELETE FROM filtered WHERE id = $1 RETURNING *

INSERT INTO guarded (id, b) VALUES ($1, $2) RETURNING a

UPDATE guarded SET a = $1 RETURNING a

INSERT INTO checked_view (id, a, b) VALUES ($1, $2, $3) RETURNING a

INSERT INTO checked_view (id, b) VALUES ($1, $2) RETURNING a

UPDATE checked_view SET a = NULL RETURNING a

WITH i AS (INSERT INTO filtered (id, b) VALUES ($1, 'x') RETURNING a, b) SELECT * FROM i

INSERT INTO trig (id, a, b) VALUES ($1, $2, $3) RETURNING *

INSERT INTO trig (id, a, b, note) VALUES (3, 2, 2, 'x') RETURNING id, a, b, note

INSERT INTO trig (id, a) VALUES ($1, $2) RETURNING id, a, b

INSERT INTO trig (id, a, b) VALUES ($1, 1, 1) ON CONFLICT (id) DO UPDATE SET a = 1 RETURNING id, a

UPDATE trig SET a = 1 WHERE a = 2 RETURNING a, id

UPDATE trig SET a = 2 RETURNING a, note, b

DELETE FROM trig WHERE note IS NOT NULL RETURNING note

INSERT INTO over_trig (id, a, b) VALUES ($1, 1, 2) RETURNING id, a, b

INSERT INTO over_trig (id, a, b) VALUES (3, 1, 2) RETURNING id

UPDATE over_trig SET a = 1 WHERE id = $1 RETURNING a, b

INSERT INTO skipping (id, v) VALUES ($1, 1) RETURNING id

INSERT INTO skipping (id, v) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET v = 2 RETURNING id, v

INSERT INTO skipping (id, v) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET v = excluded.v RETURNING id

INSERT INTO skipping (id, v) VALUES ($1, 1) ON CONFLICT (id) DO NOTHING RETURNING id

UPDATE skipping SET v = 1 RETURNING v

UPDATE skipping SET v = 1 WHERE id = $1 RETURNING v

INSERT INTO instead (id, a, b) VALUES ($1, $2, $3) RETURNING *

INSERT INTO instead (id, a, b) VALUES (2, 1, 'x') RETURNING id

UPDATE instead SET a = 1 RETURNING id, a, b

UPDATE instead SET a = 1 WHERE id = $1 RETURNING b

DELETE FROM instead WHERE id = $1

INSERT INTO logged (id, what) VALUES ($1, $2) RETURNING id, what

INSERT INTO logged (id, what) VALUES (5, 'x') RETURNING *

INSERT INTO logged (id, what) VALUES ($1, $2)

DELETE FROM logged WHERE id = $1

INSERT INTO also (id, v) VALUES ($1, $2) RETURNING id, v

INSERT INTO also (id, v) SELECT 60, note FROM u RETURNING *

UPDATE ruled SET what = $1 WHERE id = $2 RETURNING id, what

UPDATE ruled SET what = $1 RETURNING id, what

SELECT * FROM logged

SELECT * FROM log WHERE id = $1

MERGE INTO t USING u ON t.id = u.t_id WHEN MATCHED AND u.n > 1 THEN UPDATE SET a = $1 WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, b) VALUES ($2, $3)

MERGE INTO trig USING (VALUES ($1::int, $2::int)) s(x, y) ON trig.id = s.x WHEN NOT MATCHED THEN INSERT VALUES (s.x, s.y, 1, NULL)

SELECT count(*) FROM joined GROUP BY b

SELECT b, count(*), max(n), sum(n), count(note) FROM joined GROUP BY b

SELECT b, n FROM joined GROUP BY ROLLUP (b, n)

SELECT top FROM counted WHERE top IS NOT NULL

SELECT (SELECT n FROM counted), (SELECT total FROM counted), (SELECT id FROM first_row), (SELECT count(*) FROM nested)

SELECT * FROM t WHERE id = (SELECT id FROM first_row)

SELECT * FROM u WHERE n = (SELECT n FROM counted) AND id = $1

SELECT x.a FROM (SELECT * FROM filtered UNION ALL SELECT id, a, b, d FROM t) x

SELECT x.a FROM (SELECT * FROM filtered EXCEPT SELECT id, a, b, d FROM t WHERE a = 1) x

SELECT x.a FROM (SELECT id, a, b FROM t INTERSECT SELECT id, a, b FROM filtered) x

SELECT f.a, g.a FROM filtered f FULL JOIN guarded g ON f.id = g.id

SELECT f.a, g.a FROM filtered f FULL JOIN guarded g USING (id)

SELECT a, f.a, g.a FROM filtered f FULL JOIN guarded g USING (a)

SELECT a, f.id, g.id FROM filtered f LEFT JOIN guarded g USING (a)

