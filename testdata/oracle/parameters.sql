-- Parameters without types in every place where one can stand, and what makes them conflict.
CREATE TYPE mood AS ENUM ('ok', 'bad');

CREATE TYPE point3 AS (x integer, y integer, z numeric);

CREATE DOMAIN email AS varchar(100);

CREATE TABLE person (
    id bigserial PRIMARY KEY,
    name varchar(40) NOT NULL,
    mail email,
    mood mood,
    born date,
    seen timestamptz,
    score numeric(6, 2),
    tags text[],
    loc point3,
    data jsonb,
    sec boolean DEFAULT false,
    small smallint,
    dbl double precision
);

SELECT $1;

SELECT $1, $1;

SELECT $1 AS a, $2 AS b;

SELECT $2;

SELECT $1, $3;

SELECT $1::integer, $1;

SELECT $1, $1::integer;

SELECT $1::integer, $1::text;

SELECT $1::integer, $1::bigint;

SELECT $1::integer + 1.5;

SELECT $0;

SELECT $65535;

SELECT $1 + 1, $2 + 1.5, $3 || 'a', $4 || $5;

SELECT $1 + $2;

SELECT $1 = $2;

SELECT $1 < $2, $3 || $4;

SELECT -$1;

SELECT ~ $1;

SELECT @ $1;

SELECT $1 AND $2, NOT $3, $4 OR true, $5 IS TRUE, $6 IS UNKNOWN;

SELECT $1 IS NULL;

SELECT $1 IS NOT NULL, $1 = 1;

SELECT $1 IS DISTINCT FROM 1, $2 IS DISTINCT FROM NULL, 'a' IS DISTINCT FROM $3;

SELECT $1 BETWEEN 1 AND 10, 5 BETWEEN $2 AND $3, $4 BETWEEN $5 AND now();

SELECT $1 IN (1, 2), 1 IN ($2, $3), $4 IN ('a', 'b'), 'a' IN ($5), 1.5 IN ($6, 1);

SELECT $1 IN ($2, $3);

SELECT 1 = ANY ($1), $2 = ANY (ARRAY[1, 2]), 'a' = ANY ($3), 1 = ALL ($4::integer[]), $5 = ANY ($6);

SELECT $1 = ANY ('{1,2}');

SELECT $1 LIKE 'a%', 'a' LIKE $2, $3 ILIKE $4, $5 SIMILAR TO $6, $7 ~ $8, $9 LIKE $10 ESCAPE $11;

SELECT CASE WHEN $1 THEN 1 END, CASE $2 WHEN 1 THEN 2 END, CASE WHEN true THEN $3 ELSE 1 END, CASE WHEN true THEN $4 END, CASE 1 WHEN $5 THEN $6 ELSE $7 END;

SELECT CASE $1 WHEN $2 THEN $3 ELSE $4 END;

SELECT COALESCE($1, 1), COALESCE($2), COALESCE($3, $4), COALESCE($5, 'a'), COALESCE(NULL, $6), COALESCE($7, now());

SELECT GREATEST($1, 1.5), LEAST($2, $3), NULLIF($4, 1), NULLIF(1, $5), NULLIF($6, $7);

SELECT ARRAY[$1, 1], ARRAY[$2], ARRAY[$3]::integer[], ARRAY[[$4, 1], [2, 3]], ARRAY[$5, $6]::text[];

SELECT ROW($1, $2), ROW($3, 1) = ROW(1, 2), ($4, $5) = (1, 'a'::text);

SELECT ($1).x;

SELECT ($1::point3).x, ($2::point3).*;

SELECT $1[1];

SELECT ($1::integer[])[$2], ($3::integer[])[$4:$5], ($6::jsonb)[$7];

SELECT $1::text::integer, CAST($2 AS mood), $3::email, $4::point3, $5::integer[], $6::varchar(5), $7::numeric(3, 1);

SELECT $1::email, $1::varchar;

SELECT $1::mood = 'ok', 'ok' = $1;

SELECT integer $1;

SELECT date '2020-01-01' + $1, $2 + date '2020-01-01', date '2020-01-01' - $3, now() + $4, now() - $5, now() + $6::interval, $7 * interval '1 day', interval '1 day' * $8, $9 * 2, 2 / $10;

SELECT $1 + interval '1 day';

SELECT $1 - now();

SELECT $1 -> 'a';

SELECT $1::jsonb -> $2, $3::jsonb -> $4::integer, '{}'::jsonb ->> $5, '{}'::jsonb @> $6, '{}'::jsonb ? $7, '{}'::jsonb ?| $8, '{}'::jsonb || $9, '{}'::jsonb - $10::text;

SELECT '{}'::jsonb - $1;

SELECT '{}'::jsonb #> $1, '{}'::json #>> $2;

SELECT '[1,2)'::int4range @> $1;

SELECT '[1,2)'::int4range @> $1::integer, '[1,2)'::int4range && $2;

SELECT lower($1), upper($2::text);

SELECT length($1);

SELECT abs($1);

SELECT sum($1);

SELECT max($1);

SELECT count($1);

SELECT array_agg($1);

SELECT array_agg($1 + 1), string_agg($2, $3), string_agg('a'::text, $4), json_agg($5::integer), bool_and($6), avg($7::real), count(*) FILTER (WHERE $8);

SELECT concat($1, $2), concat_ws($3, $4);

SELECT format($1, $2);

SELECT format('%s', VARIADIC $1);

SELECT json_build_object('a', $1);

SELECT jsonb_build_array($1::text, 2);

SELECT to_json($1);

SELECT to_char($1, 'x');

SELECT to_char(now(), $1), to_char(1.5, $2), date_trunc($3, now()), date_part('year', $4::date), to_timestamp($5, $6), to_date($7, 'YYYY'), make_date($8, $9, $10), age($11::timestamp);

SELECT date_trunc('day', $1);

SELECT to_timestamp($1);

SELECT age($1);

SELECT age($1, now());

SELECT round($1);

SELECT round($1, 2), round(1.5, $2), power($3, 2), mod($4, 5), mod($5, 5.5), floor($6::numeric), substr($7, $8), substr($9, $10, $11), replace($12, $13, $14), split_part($15, ',', $16), repeat('a', $17), left($18, 1), lpad($19, 5);

SELECT substr($1, 1);

SELECT substring($1 FROM $2 FOR $3);

SELECT substring($1 FROM $2);

SELECT substring('abc' FROM $1);

SELECT substring('abc' FROM $1::integer), trim($2), trim(both $3 from 'a'), position($4 in 'a'), position('a' in $5), overlay('abc' placing $6 from $7);

SELECT extract(year from $1);

SELECT extract(year from $1::date), $2 AT TIME ZONE 'UTC', now() AT TIME ZONE $3;

SELECT now() AT TIME ZONE $1;

SELECT array_append($1, 1), array_append('{1}'::integer[], $2), array_cat($3, '{a}'::text[]), array_length($4::integer[], $5), array_position(ARRAY[1], $6), unnest($7::text[]), cardinality($8::bigint[]), array_to_string($9::text[], $10), string_to_array($11, $12);

SELECT array_append($1, $2);

SELECT unnest($1);

SELECT array_length($1, 1);

SELECT generate_series($1, $2);

SELECT generate_series(1, $1), generate_series($2, now(), '1 day'), generate_series($3::date, $4, $5);

SELECT * FROM generate_series(1, $1) g WHERE g > $2;

SELECT * FROM unnest($1::bigint[], $2::text[]) AS u(id, name);

SELECT * FROM unnest($1) u;

SELECT * FROM json_to_recordset($1) AS x(a integer, b text);

SELECT * FROM jsonb_to_record($1) AS x(a integer, b text) WHERE a = $2;

SELECT * FROM jsonb_populate_recordset(NULL::person, $1);

SELECT * FROM person WHERE id = $1;

SELECT * FROM person WHERE $1 = id AND name = $2 AND mail = $3 AND mood = $4 AND born = $5 AND seen > $6 AND score >= $7 AND tags = $8 AND loc = $9 AND data = $10 AND sec = $11 AND small = $12 AND dbl = $13;

SELECT * FROM person WHERE name LIKE $1 || '%' AND mail ILIKE $2;

SELECT * FROM person WHERE $1;

SELECT * FROM person WHERE sec = $1 OR $1 IS NULL;

SELECT * FROM person WHERE $1 IS NULL OR sec = $1;

SELECT * FROM person WHERE $1 IS NULL;

SELECT * FROM person WHERE ($1 IS NULL OR name = $1) AND ($2::text IS NULL OR mail = $2);

SELECT * FROM person WHERE ($1::text IS NULL OR name = $1);

SELECT * FROM person WHERE id = ANY ($1) AND name = ANY ($2::text[]) AND mood = ANY ($3) AND mail = ANY ($4);

SELECT * FROM person WHERE id IN ($1, $2) AND mood IN ($3) AND mail IN ($4, $5);

SELECT * FROM person WHERE id = $1 AND small = $1;

SELECT * FROM person WHERE small = $1 AND id = $1;

SELECT * FROM person WHERE name = $1 AND id = $1;

SELECT * FROM person WHERE id = $1 AND name = $1;

SELECT * FROM person WHERE name = $1 AND mail = $1;

SELECT * FROM person WHERE mood = $1 AND name = $1::text;

SELECT * FROM person WHERE born BETWEEN $1 AND $2 AND seen BETWEEN $3::date AND $4;

SELECT * FROM person WHERE (name, id) = ($1, $2) AND (id, name) > ($3, $4) AND (id, name) IN (($5, $6), ($7, $8));

SELECT * FROM person WHERE (id, name) = $1;

SELECT * FROM person WHERE tags[1] = $1 AND tags[$2] = 'a' AND tags @> $3 AND tags && ARRAY[$4] AND $5 = ANY (tags) AND data ->> $6 = $7 AND data -> $8 = $9 AND (loc).x = $10 AND data[$11] = $12;

SELECT * FROM person WHERE age(born) > $1 AND extract(year from seen) = $2 AND lower(name) = lower($3) AND length(name) = $4 AND coalesce(mail, $5) = $6;

SELECT * FROM person WHERE seen > now() - $1;

SELECT * FROM person WHERE seen > now() - $1::interval AND born + $2 > current_date;

SELECT * FROM person ORDER BY $1;

SELECT * FROM person ORDER BY name LIMIT $1 OFFSET $2;

SELECT * FROM person LIMIT $1 + 1 OFFSET ($2 - 1) * $1;

SELECT * FROM person FETCH FIRST $1 ROWS ONLY;

SELECT * FROM person LIMIT $1::integer;

SELECT * FROM person LIMIT $1::text;

SELECT * FROM person WHERE id = $1 LIMIT $1;

SELECT $1 GROUP BY $1;

SELECT name, count(*) FROM person GROUP BY name HAVING count(*) > $1;

SELECT DISTINCT $1 FROM person;

SELECT DISTINCT ON ($1) id FROM person;

SELECT name, $1 FROM person GROUP BY name, $1;

SELECT name || $1 FROM person GROUP BY name || $1;

SELECT rank() OVER (PARTITION BY $1 ORDER BY id), sum(score) OVER (ORDER BY id ROWS $2 PRECEDING), ntile($3) OVER (), lag(id, $4, $5) OVER (), sum(id) OVER (ORDER BY born RANGE $6 PRECEDING), sum(id) OVER (ORDER BY id RANGE BETWEEN $7 PRECEDING AND $8 FOLLOWING) FROM person;

SELECT lag(id, 1, $1) OVER (), first_value($2::text) OVER (), nth_value(name, $3) OVER () FROM person;

SELECT percentile_cont($1) WITHIN GROUP (ORDER BY dbl), percentile_disc($2) WITHIN GROUP (ORDER BY name), rank($3) WITHIN GROUP (ORDER BY id), mode() WITHIN GROUP (ORDER BY mood) FROM person;

SELECT percentile_cont($1::float8[]) WITHIN GROUP (ORDER BY dbl), rank($2, $3) WITHIN GROUP (ORDER BY name, id) FROM person;

SELECT (SELECT $1), (SELECT name FROM person WHERE id = $2), EXISTS (SELECT 1 FROM person WHERE name = $3), $4 IN (SELECT id FROM person), ARRAY(SELECT $5::integer), (SELECT max(id) FROM person WHERE id < $6) + $7;

SELECT $1 = (SELECT id FROM person LIMIT 1), $2 > ALL (SELECT score FROM person), ($3, $4) IN (SELECT id, name FROM person), ROW($5, $6) = (SELECT id, mail FROM person);

SELECT (SELECT $1) + 1;

SELECT (SELECT $1) = 'a';

SELECT x + 1 FROM (SELECT $1 AS x) s;

SELECT x FROM (SELECT $1 AS x) s;

SELECT x || 'a' FROM (SELECT $1 AS x) s;

SELECT * FROM (VALUES ($1, $2), (1, 'a')) v;

SELECT * FROM (VALUES ($1)) v;

SELECT * FROM (VALUES (1), ($1)) v(a);

VALUES ($1, $2);

VALUES ($1), (now());

VALUES ($1), ($2);

SELECT $1 UNION SELECT 1;

SELECT 1 UNION SELECT $1;

SELECT $1 UNION SELECT $2;

SELECT $1 UNION ALL SELECT NULL;

SELECT 'a' UNION SELECT $1;

SELECT $1 UNION SELECT 'a' UNION SELECT 1;

SELECT $1 INTERSECT SELECT name FROM person;

SELECT id FROM person UNION SELECT $1 ORDER BY 1 LIMIT $2;

WITH c AS (SELECT $1 AS v) SELECT v FROM c;

WITH c AS (SELECT $1::integer AS v) SELECT v + $2 FROM c WHERE v = $3;

WITH c AS (SELECT id FROM person WHERE name = $2) SELECT * FROM c WHERE id = $1;

WITH RECURSIVE r(n) AS (SELECT $1::integer UNION ALL SELECT n + 1 FROM r WHERE n < $2) SELECT * FROM r;

WITH RECURSIVE r(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r;

INSERT INTO person (name, mail, mood, born, seen, score, tags, loc, data, sec, small, dbl) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

INSERT INTO person VALUES ($1, $2, $3);

INSERT INTO person (name) VALUES ($1), ($2), (DEFAULT);

INSERT INTO person (name, born) VALUES ($1, $2), ('a', $1);

INSERT INTO person (name, score) VALUES ($1, $1);

INSERT INTO person (name, mail) VALUES ($1, $1);

INSERT INTO person (name, small) VALUES (lower($1), $2 + 1) RETURNING id, name = $3;

INSERT INTO person (name) SELECT $1;

INSERT INTO person (name, born) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM person WHERE name = $1);

INSERT INTO person (name, born) SELECT $1, $2 FROM person;

INSERT INTO person (name, score) SELECT $1, $2 UNION SELECT 'a', 1;

INSERT INTO person (name, score) SELECT x, $1 FROM unnest($2::text[]) x;

INSERT INTO person (name) SELECT unnest($1::text[]);

INSERT INTO person (tags[1], loc.x, data['a']) VALUES ($1, $2, $3);

INSERT INTO person (loc.x, loc.y) VALUES ($1, $2), ($3, 4);

INSERT INTO person (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = $3, score = person.score + $4, mail = excluded.mail WHERE person.sec = $5 RETURNING *;

INSERT INTO person (name) VALUES (CASE WHEN $1 THEN 'a' ELSE $2 END), (COALESCE($3, 'x'));

UPDATE person SET name = $1, mail = $2, mood = $3, born = $4, score = score + $5, tags = $6, tags[1] = $7 WHERE id = $8;

UPDATE person SET tags[$1] = $2, tags[2:$3] = $4, loc.x = $5, data['a']['b'] = $6, data[$7] = $8 WHERE id = $9 RETURNING id + $10;

UPDATE person SET (name, mail) = ($1, $2), (born, seen) = (SELECT $3::date, $4::timestamptz), (score, small) = ROW($5, $6);

UPDATE person SET name = COALESCE($1, name), born = CASE WHEN $2::boolean THEN $3 ELSE born END WHERE id = $4;

UPDATE person SET born = CASE WHEN $1 THEN $2 END;

UPDATE person SET name = $1 WHERE name = $1;

UPDATE person SET mail = $1 WHERE mail = $1;

UPDATE person SET small = $1 WHERE id = $1;

UPDATE person SET score = (SELECT $1), seen = $2 FROM (SELECT $3::bigint AS k) s WHERE s.k = person.id;

UPDATE person SET data = data || $1, tags = array_append(tags, $2), seen = now() + $3 * interval '1 day';

DELETE FROM person WHERE id = $1 RETURNING $2, name || $3;

DELETE FROM person USING (VALUES ($1, $2)) v(a, b) WHERE person.name = v.a;

DELETE FROM person WHERE name IN (SELECT unnest($1::text[])) AND mood <> ALL ($2);

MERGE INTO person p USING (SELECT $1::bigint AS id, $2 AS name) s ON p.id = s.id AND p.sec = $3 WHEN MATCHED AND p.score > $4 THEN UPDATE SET name = s.name, mail = $5 WHEN NOT MATCHED THEN INSERT (name, born) VALUES ($6, $7);

SELECT p.*, q.id FROM person p JOIN person q ON p.id = $1 AND q.name = $2 LEFT JOIN LATERAL (SELECT $3::integer + p.small AS z) l ON l.z > $4;

SELECT * FROM person p CROSS JOIN LATERAL generate_series(1, p.small + $1) g;

SELECT * FROM person TABLESAMPLE bernoulli($1) REPEATABLE ($2);

SELECT id FROM person WHERE name = $1 FOR UPDATE;

SELECT name COLLATE "C" < $1, $2 COLLATE "C" FROM person;

SELECT $1 COLLATE "C";

SELECT $1 || $2::text COLLATE "C";

SELECT xmlelement(name a, $1), xmlelement(name b, xmlattributes($2 AS x)), xmlparse(content $3), xmlserialize(content $4 AS text), xmlconcat($5), $6 IS DOCUMENT, xmlpi(name x, $7);

SELECT nextval($1), currval('person_id_seq'), pg_typeof($2::integer), $3::regclass;

SELECT pg_typeof($1);

SELECT pg_sleep($1), set_config($2, $3, $4), current_setting($5), quote_literal($6), encode($7, 'hex'), decode($8, $9), md5($10);

SELECT quote_literal($1::text), md5($2::text);

SELECT num_nulls($1, $2);

SELECT mood($1), text($2);

SELECT int4($1);

SELECT $1::integer::text, $1 || 'x';

SELECT $1 || 1;

SELECT $1 || ARRAY[1], ARRAY['a'::text] || $2;

SELECT 1 || $1;

SELECT $1 = ROW(1, 2);

SELECT ROW($1, 2) = ROW($2, $3);

SELECT $1 IS JSON;

SELECT $1 @> '{}'::jsonb, '{}'::jsonb <@ $2, ARRAY[1] && $3, $4 <@ ARRAY['a'::text];

SELECT $1 IS DOCUMENT, $1::text;

SELECT make_interval(days => $1), make_interval(secs => $2, hours => $3);

SELECT ($1 COLLATE "C")::integer;

SELECT $1 + '1';

SELECT $1 + NULL;

SELECT $1 || NULL;

SELECT '1' + $1;

SELECT $1 + $2::bigint, $3 * $4::numeric, $5 - $6::date, $7 / $8::smallint;

SELECT $1::integer + $2, $2 || 'x';

SELECT $1 + 1, $1 + 1.5;

SELECT $1 + 1.5, $1 + 1;

SELECT $1 = 1, $1 = 1.5;

SELECT $1::text, lower($1), $1 = 'a', $1 || 'b';

SELECT $1::varchar = 'a', lower($1), $1::text;

SELECT $1::timestamp, $1::date;

SELECT $1::date = '2020-01-01', $1 < now(), $1 + 1;

SELECT $1 IN ('a', name), ($2, $3) IN ((name, 1), ('a', id)) FROM person;

SELECT $1 NOT IN ('', small) FROM person;

SELECT ($1, 1) IN (('', 1), (small, 2)) FROM person;

SELECT $1 IN (small, id) FROM person;

SELECT $1 BETWEEN small AND 'a' FROM person;

SELECT $1 BETWEEN 'a' AND small FROM person;

-- Parameters of type void are no arguments.
SELECT void_out($1), length($1);

SELECT void_out($1), now($1), upper('a', $1);

-- No parameters where the grammar wants constants.
SET TIME ZONE $1;

SET LOCAL work_mem = $1;

CREATE ROLE somebody PASSWORD $1;

ALTER ROLE somebody SET search_path TO a, $1;

CREATE FUNCTION set_param() RETURNS integer LANGUAGE sql SET work_mem = $1 RETURN 1;

SELECT 1 FROM person WHERE person.4o6_name = 1;
