SELECT * FROM top

SELECT * FROM ONLY top

SELECT * FROM middle

SELECT * FROM ONLY middle

SELECT * FROM bottom

SELECT * FROM side

SELECT * FROM ONLY side

SELECT * FROM two_parents

SELECT * FROM top WHERE id = $1

SELECT * FROM ONLY top WHERE id = $1

SELECT * FROM middle WHERE id = $1

SELECT * FROM top WHERE c IS NOT NULL

SELECT t.tableoid, t.id, p.id FROM plain p LEFT JOIN top t ON t.id = p.top_id

SELECT t.id, p.id FROM plain p LEFT JOIN ONLY top t ON t.id = p.top_id

SELECT * FROM listed

SELECT * FROM listed_1

SELECT * FROM listed WHERE k = $1 AND n = $2

SELECT * FROM listed WHERE k = $1

SELECT * FROM listed_1 WHERE v = $1

SELECT * FROM listed WHERE v = $1

SELECT * FROM listed_1 WHERE k = $1 AND n = $2

SELECT v FROM listed WHERE k = 1

SELECT v FROM listed WHERE k IN (1, 2)

SELECT * FROM ranged

SELECT * FROM ranged WHERE at = $1

SELECT * FROM ranged WHERE at = '2020-01-01'

SELECT * FROM ranged_old WHERE at = $1

SELECT * FROM ranged_new

SELECT * FROM ranged_new_0

INSERT INTO ranged (at, v, w) VALUES ($1, $2, $3) RETURNING *

INSERT INTO ranged (at, v, w) VALUES ('2019-01-01', 2, 'x') RETURNING at, w

INSERT INTO ranged (at, v, w) VALUES ('2019-01-01', 1, 'x') RETURNING at, w

INSERT INTO ranged_new (at, v, w) VALUES ($1, $2, $3) RETURNING *

INSERT INTO ranged_old (at, v, w) VALUES ('2019-01-01', $1, $2) RETURNING *

INSERT INTO listed (k, v, n) VALUES ($1, 'x', $2) RETURNING *

INSERT INTO listed (k, v, n) VALUES (4, $1, $2) RETURNING *

INSERT INTO listed_rest (k, v, n) VALUES (4, $1, $2) RETURNING *

INSERT INTO top (id, a, b, c) VALUES ($1, $2, $3, $4) RETURNING *

INSERT INTO middle (id, a, c) VALUES ($1, $2, $3) RETURNING a, c, id

INSERT INTO bottom (id, z) VALUES ($1, $2) RETURNING *

INSERT INTO two_parents (id, a, b) VALUES ($1, $2, $3) RETURNING *

UPDATE top SET a = $1 RETURNING a, c

UPDATE top SET b = NULL WHERE b IS NOT NULL RETURNING b

UPDATE ONLY top SET a = $1 WHERE id = $2 RETURNING *

UPDATE top SET b = 'x' WHERE id = $1 RETURNING *

UPDATE listed SET k = 3 WHERE k = 1 AND n = $1 RETURNING *

UPDATE listed SET v = coalesce(v, 'x') WHERE k = $1 AND n = $2 RETURNING v

UPDATE ranged SET at = '2019-01-01' RETURNING at, w

UPDATE ranged SET at = '2019-01-01', w = 'y' WHERE v = 2 RETURNING at, v, w

DELETE FROM top WHERE id = $1 RETURNING *

DELETE FROM ONLY top WHERE id = $1 RETURNING *

DELETE FROM listed WHERE k = $1 AND n = $2 RETURNING *

DELETE FROM ranged WHERE at = $1 RETURNING *

SELECT p.id, l.v, r.w FROM plain p LEFT JOIN listed l ON l.k = p.k LEFT JOIN ranged r ON r.at = p.at

SELECT p.id, l.v FROM plain p JOIN listed l ON l.k = p.k AND l.n = p.id WHERE p.id = $1

SELECT t.a, t.c, m.a, m.c, b.a, b.z FROM top t FULL JOIN middle m ON m.id = t.id FULL JOIN bottom b ON b.id = m.id

SELECT a, count(*), max(c), max(a) FROM top GROUP BY a

SELECT max(a), max(c) FROM top GROUP BY b

SELECT max(a), max(c) FROM ONLY top GROUP BY b

SELECT id FROM top UNION SELECT a FROM middle

SELECT a FROM ONLY top UNION ALL SELECT a FROM side

SELECT DISTINCT a, c FROM ONLY top

SELECT EXISTS (SELECT a FROM top), (SELECT max(a) FROM ONLY top), ARRAY(SELECT a FROM top)

SELECT k, n, v FROM listed GROUP BY k, n

SELECT x.a FROM (SELECT a FROM ONLY top) x LEFT JOIN (SELECT a FROM top) y ON x.a = y.a

SELECT p.id, t.a FROM plain p LEFT JOIN top t ON t.id = p.top_id WHERE t.c > 0

MERGE INTO top t USING plain p ON p.top_id = t.id WHEN MATCHED THEN UPDATE SET a = $1 WHEN NOT MATCHED THEN INSERT (id, a, c) VALUES (p.id + 50, $2, $3)

MERGE INTO listed l USING plain p ON p.k = l.k WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (coalesce(p.k, 9), 'x', p.id)

