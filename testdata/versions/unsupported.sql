-- What newer servers understand and the grammar of PostgreSQL 15 does not, or takes for something else; and extensions
-- that a version does not have, for which servers have other words.
CREATE TABLE t (id int PRIMARY KEY, name text, doc jsonb);
SELECT json_array(1, 2);
SELECT json_scalar(name) FROM t;
SELECT json_value(doc, '$.a') FROM t;
SELECT "json_value"(doc, '$.a') FROM t;
SELECT json_object(ARRAY['a', 'b']);
SELECT system_user;
SELECT "system_user" FROM t;
UPDATE t SET name = 'x' RETURNING old.name, new.name;
DELETE FROM t RETURNING old.*;
SELECT * FROM (SELECT 1);
SELECT 0x1F, 1_000;
SELECT doc IS JSON FROM t;
MERGE INTO t USING t s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id;
SELECT * FROM JSON_TABLE(jsonb '[]', '$[*]' COLUMNS (a int));
CREATE EXTENSION adminpack;
CREATE EXTENSION old_snapshot;
CREATE EXTENSION pg_walinspect;
CREATE EXTENSION pg_logicalinspect;
