-- Every kind of expression over one table: constants, operators, boolean tests, special forms.
CREATE TYPE color AS ENUM ('red', 'green', 'blue');

CREATE TYPE pair AS (a integer, b text);

CREATE DOMAIN positive AS integer CHECK (VALUE > 0);

CREATE TABLE item (
    id integer PRIMARY KEY,
    small smallint,
    big bigint,
    num numeric(10, 2),
    real4 real,
    dbl double precision,
    name text NOT NULL,
    code varchar(10),
    fixed char(4),
    flag boolean,
    day date,
    at timestamp,
    atz timestamptz,
    span interval,
    tags text[],
    nums integer[],
    grid integer[][],
    doc json,
    docb jsonb,
    color color,
    pair pair,
    pos positive,
    bytes bytea,
    uid uuid,
    rng int4range,
    bits bit(8)
);

SELECT 1, 1.5, 1e10, 'text', NULL, true, false;

SELECT 2147483647, 2147483648, 9223372036854775807, 9223372036854775808, -2147483648, -9223372036854775808;

SELECT B'101', X'1F', E'a\nb', U&'\0041', $$dollar$$, 'a'
'b';

SELECT 1.0 AS a, .5 AS b, 5. AS c, 1e-5 AS d;

SELECT id + small, id + big, small + small, small + 1, big + 1.5, num + dbl, real4 + dbl, real4 + num, real4 + id FROM item;

SELECT -id, +id, -small, -'1', - num, ~ id, ~ bits, @ dbl, |/ 4, ||/ 27 FROM item;

SELECT - name FROM item;

SELECT ! id FROM item;

SELECT id ! FROM item;

SELECT id % 2, id ^ 2, id & 1, id | 1, id # 1, id << 1, id >> 1, num % 2, dbl ^ 2 FROM item;

SELECT dbl % 2 FROM item;

SELECT name || code, name || id, id || name, name || NULL, tags || 'x', tags || tags, nums || 1, 1 || nums, nums || '{1}' FROM item;

SELECT id || id FROM item;

SELECT nums || 'x' FROM item;

SELECT nums || 1.5 FROM item;

SELECT nums || big FROM item;

SELECT docb || docb, docb || '{}', docb - 'a', docb - 1, docb - tags, docb #- tags FROM item;

SELECT doc -> 'a', doc ->> 'a', doc -> 1, doc #> '{a}', doc #>> '{a,b}', docb -> 'a', docb ->> 0, docb @> '{}', docb ? 'a', docb ?| tags, docb ?& '{a}', docb @? '$.a', docb @@ '$.a > 1' FROM item;

SELECT doc || doc FROM item;

SELECT doc = doc FROM item;

SELECT docb = docb, docb < docb, docb = '1' FROM item;

SELECT day + 1, 1 + day, day - day, day + span, day - 1, at - at, atz - span, at + span, day + time '10:00', span * 2, 2 * span, span / 2, - span FROM item;

SELECT day + day FROM item;

SELECT at + 1 FROM item;

SELECT day - 'x' FROM item;

SELECT day + '1 day' FROM item;

SELECT at + '1 day' FROM item;

SELECT day = '2020-01-01', at < now(), atz > day, day = atz FROM item;

SELECT day = name FROM item;

SELECT id = name FROM item;

SELECT id = '1', id = 'x' FROM item;

SELECT name = code, name = fixed, code = fixed, fixed = 'a', code LIKE 'a%', fixed LIKE 'a', name NOT LIKE 'x', name ILIKE 'x', name NOT ILIKE 'x', name SIMILAR TO 'x', name NOT SIMILAR TO 'a' ESCAPE 'b', name LIKE 'a' ESCAPE 'b' FROM item;

SELECT id LIKE 'a' FROM item;

SELECT name ~ 'a', name !~ 'a', name ~* 'a', name !~* 'a', fixed ~ 'a', code ~~ 'x' FROM item;

SELECT flag AND flag, flag OR NOT flag, NOT flag, flag IS TRUE, flag IS NOT TRUE, flag IS FALSE, flag IS NOT FALSE, flag IS UNKNOWN, flag IS NOT UNKNOWN FROM item;

SELECT id AND flag FROM item;

SELECT flag OR id FROM item;

SELECT NOT id FROM item;

SELECT NOT 'true', 'true' AND flag, 't' OR 'f' FROM item;

SELECT id IS TRUE FROM item;

SELECT id IS UNKNOWN FROM item;

SELECT id IS NULL, name IS NOT NULL, NULL IS NULL, ROW(1, 2) IS NULL, pair IS NOT NULL, id ISNULL, id NOTNULL FROM item;

SELECT flag = TRUE = flag FROM item;

SELECT (flag = TRUE) = flag, 1 < 2 = true FROM item;

SELECT 1 < 2 < 3;

SELECT id BETWEEN 1 AND 2, id NOT BETWEEN 1 AND 2, id BETWEEN SYMMETRIC 2 AND 1, id NOT BETWEEN SYMMETRIC '1' AND 2.5 FROM item;

SELECT id BETWEEN 1 AND name FROM item;

SELECT id BETWEEN name AND 1 FROM item;

SELECT id IS DISTINCT FROM 1, id IS NOT DISTINCT FROM NULL, NULL IS DISTINCT FROM id, ROW(1, 2) IS DISTINCT FROM ROW(1, 'a'::text), name IS DISTINCT FROM NULL FROM item;

SELECT ROW(1, 2) IS DISTINCT FROM ROW(1) FROM item;

SELECT id IS DISTINCT FROM name FROM item;

SELECT doc IS DISTINCT FROM doc FROM item;

SELECT id IN (1, 2, 3), id NOT IN (1, 2), id IN (1, 2.5), id IN ('1', 2), name IN ('a', 'b'), id IN (big, small), id IN (1, NULL), id IN (id, 1) FROM item;

SELECT id IN (1, 'x') FROM item;

SELECT id IN (1, name) FROM item;

SELECT name IN (1, 2) FROM item;

SELECT doc IN ('1', '2') FROM item;

SELECT color IN ('red', 'blue'), color = 'red', color < 'blue' FROM item;

SELECT color = 'purple' FROM item;

SELECT color = name FROM item;

SELECT color = 'red'::text FROM item;

SELECT color::text = name FROM item;

SELECT pos + 1, pos, pos + pos, pos = 5, -pos, pos::text, pos || 'x' FROM item;

SELECT pair = pair, pair = ROW(1, 'a'), pair < ROW(1, 'a')::pair, pair IS DISTINCT FROM pair FROM item;

SELECT pair = ROW(1) FROM item;

SELECT pair = '(1,a)' FROM item;

SELECT ROW(1, 'a') = ROW(1, 'a'), (1, 2) < (3, 4), (1, 2) <> (1, 3), ROW(id, name) = (1, 'x'), (1, 2, 3) >= (1, 2, 3) FROM item;

SELECT ROW(1, 2) = ROW(1) FROM item;

SELECT ROW() = ROW() FROM item;

SELECT ROW(1, 'a') = ROW('a', 1) FROM item;

SELECT ROW(1, name) = ROW(1, 2) FROM item;

SELECT ROW(1, 2) + ROW(1, 2);

SELECT ROW(1, 2) ~~ ROW(1, 2);

SELECT ROW(1, 'a') || 'b';

SELECT (1, 2) = 3;

SELECT id OPERATOR(pg_catalog.+) 1, id OPERATOR(pg_catalog.=) 1 FROM item;

SELECT id OPERATOR(public.+) 1 FROM item;

SELECT id OPERATOR(nosuch.+) 1 FROM item;

SELECT id OPERATOR(a.b.c.+) 1 FROM item;

SELECT id <=> 1 FROM item;

SELECT id +* name FROM item;

SELECT <-> name FROM item;

SELECT id = ANY (nums), id = ANY ('{1,2}'), name = ALL (tags), id <> ALL (ARRAY[1, 2]), id < SOME (nums), name LIKE ANY (tags), name ILIKE ALL (ARRAY['a']), id = ANY (ARRAY[1.5]) FROM item;

SELECT id = ANY (id) FROM item;

SELECT id = ANY (tags) FROM item;

SELECT id = ANY (NULL), id = ANY (ARRAY[]::integer[]) FROM item;

SELECT id + ANY (nums) FROM item;

SELECT '1' = ANY (nums), NULL = ANY (nums), 'a' = ANY (tags), 'a' = ANY ('{a}') FROM item;

SELECT name = ANY ('{a,b}'::varchar[]), code = ANY (tags), fixed = ANY (tags) FROM item;

SELECT CASE WHEN flag THEN 1 ELSE 2 END, CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'b' END, CASE WHEN flag THEN 1 END, CASE WHEN flag THEN 1 ELSE 2.5 END, CASE WHEN flag THEN NULL ELSE 'x' END FROM item;

SELECT CASE WHEN id THEN 1 END FROM item;

SELECT CASE WHEN flag THEN 1 ELSE name END FROM item;

SELECT CASE WHEN flag THEN id ELSE 'x' END FROM item;

SELECT CASE id WHEN 'x' THEN 1 END FROM item;

SELECT CASE id WHEN name THEN 1 END FROM item;

SELECT CASE 'a' WHEN 'b' THEN 1 WHEN name THEN 2 END, CASE NULL WHEN 1 THEN 2 END FROM item;

SELECT CASE WHEN flag THEN 'a' WHEN NOT flag THEN NULL END, CASE WHEN flag THEN small WHEN NOT flag THEN big ELSE real4 END FROM item;

SELECT CASE WHEN 't' THEN 1 WHEN NULL THEN 2 END;

SELECT CASE WHEN flag THEN name ELSE code END, CASE WHEN flag THEN code ELSE fixed END, CASE WHEN flag THEN day ELSE at END, CASE WHEN flag THEN atz ELSE day END FROM item;

SELECT CASE WHEN flag THEN tags ELSE '{}' END, CASE WHEN flag THEN tags ELSE NULL END, CASE WHEN flag THEN pair END, CASE WHEN flag THEN color ELSE 'red' END FROM item;

SELECT CASE WHEN flag THEN tags ELSE nums END FROM item;

SELECT CASE WHEN flag THEN ROW(1, 2) ELSE ROW(3, 4) END, CASE WHEN flag THEN pair ELSE ROW(1, 'a') END FROM item;

SELECT CASE WHEN flag THEN 1 ELSE generate_series(1, 2) END FROM item;

SELECT COALESCE(id, 0), COALESCE(name, 'x'), COALESCE(NULL, NULL), COALESCE(code, name), COALESCE(id, 1.5), COALESCE(NULL, 1), COALESCE(pos, 1), COALESCE(color, 'red') FROM item;

SELECT COALESCE(id, name) FROM item;

SELECT COALESCE(id, 'x') FROM item;

SELECT COALESCE(generate_series(1, 2), 1);

SELECT COALESCE();

SELECT GREATEST(id, 1.5), LEAST(name, 'x', NULL), GREATEST(day, at), LEAST(NULL, NULL), GREATEST(1, 2, 3) FROM item;

SELECT GREATEST(id, name) FROM item;

SELECT GREATEST(doc, doc) FROM item;

SELECT LEAST(id, 'x') FROM item;

SELECT NULLIF(id, 0), NULLIF(name, ''), NULLIF(id, 1.5), NULLIF(1, NULL), NULLIF(NULL, 1), NULLIF('a', 'b'), NULLIF(small, 1), NULLIF(code, 'x') FROM item;

SELECT NULLIF(id, name) FROM item;

SELECT NULLIF(id, 'x') FROM item;

SELECT NULLIF(doc, doc) FROM item;

SELECT NULLIF(ROW(1, 2), ROW(1, 2));

SELECT current_date, current_time, current_timestamp, localtime, localtimestamp, current_time(3), current_timestamp(0), localtime(2), localtimestamp(6), current_user, session_user, user, current_role, current_catalog, current_schema;

SELECT current_timestamp(10), current_time(-1);

SELECT current_date + 1, current_timestamp - '1 day', current_user || 'x', length(current_user);

SELECT at AT TIME ZONE 'UTC', atz AT TIME ZONE 'UTC', at AT TIME ZONE span, day AT TIME ZONE 'UTC', time '10:00' AT TIME ZONE 'UTC' FROM item;

SELECT id AT TIME ZONE 'UTC' FROM item;

SELECT EXTRACT(year FROM day), EXTRACT(epoch FROM at), EXTRACT('hour' FROM atz), EXTRACT(day FROM span), date_part('year', day) FROM item;

SELECT EXTRACT(year FROM name) FROM item;

SELECT EXTRACT(year FROM '2020-01-01');

SELECT EXTRACT(nosuch FROM day) FROM item;

SELECT SUBSTRING(name FROM 2 FOR 3), SUBSTRING(name FROM 2), SUBSTRING(name FOR 3), SUBSTRING(name FROM 'a.c'), SUBSTRING(name FROM 'a' FOR '#'), SUBSTRING(name SIMILAR 'a' ESCAPE '#'), SUBSTRING(bytes FROM 1 FOR 2), SUBSTRING(bits FROM 1) FROM item;

SELECT POSITION('a' IN name), POSITION(bytes IN bytes), OVERLAY(name PLACING 'x' FROM 2), OVERLAY(name PLACING 'x' FROM 2 FOR 3), TRIM(name), TRIM(BOTH 'x' FROM name), TRIM(LEADING FROM name), TRIM(TRAILING 'a' FROM code), TRIM(name, 'x') FROM item;

SELECT NORMALIZE(name), NORMALIZE(name, NFD), name IS NORMALIZED, name IS NOT NFC NORMALIZED FROM item;

SELECT COLLATION FOR (name), COLLATION FOR (name COLLATE "C"), COLLATION FOR ('a') FROM item;

SELECT COLLATION FOR (id) FROM item;

SELECT (day, day) OVERLAPS (day, day), (at, span) OVERLAPS (at, at), ('2020-01-01'::date, interval '1 day') OVERLAPS (day, day) FROM item;

SELECT (day, day) OVERLAPS (1, 2) FROM item;

SELECT (day) OVERLAPS (day, day) FROM item;

SELECT TREAT(name AS text) FROM item;

SELECT GROUPING(id) FROM item;

SELECT CAST(id AS text), id::text, CAST('1' AS integer), '{1}'::integer[], int '5', integer '5', date '2020-01-01', interval '1' day, interval '1 02' day to hour, interval(3) '1.23456', timestamp(2) '2020-01-01', time(0) with time zone '10:00', bit '101', bit(3) '101', char 'a', char(3) 'a', numeric(5, 2) '1.5', double precision '1' FROM item;

SELECT id::nosuch FROM item;

SELECT id::public.nosuch FROM item;

SELECT id::nosuch.thing FROM item;

SELECT id::uuid FROM item;

SELECT name::integer, id::varchar(3), num::integer, num::numeric(3), id::bit(4), day::timestamp, at::date, atz::time, tags::varchar(2)[], nums::text, nums::bigint[], doc::jsonb, docb::json, docb::integer, color::text, 'red'::color, pos::integer, id::positive, bytes::text FROM item;

SELECT day::integer FROM item;

SELECT nums::date[] FROM item;

SELECT nums::integer FROM item;

SELECT id::integer[] FROM item;

SELECT flag::integer, id::boolean FROM item;

SELECT flag::smallint FROM item;

SELECT ROW(1, 'a')::pair, ROW(1, 'a')::item FROM item;

SELECT ROW('x', 'a')::pair;

SELECT ROW(1, 2, 3)::pair;

SELECT ROW(day, 'a')::pair FROM item;

SELECT id::varchar(0) FROM item;

SELECT id::varchar(a) FROM item;

SELECT id::numeric(1001) FROM item;

SELECT id::numeric(5, 1001) FROM item;

SELECT id::numeric(2, 1, 3) FROM item;

SELECT id::integer(3) FROM item;

SELECT name::text(3) FROM item;

SELECT id::bit(0) FROM item;

SELECT at::timestamp(7) FROM item;

SELECT id::float(10), id::float(50) FROM item;

SELECT id::float(60) FROM item;

SELECT id::float(0) FROM item;

SELECT id::setof integer FROM item;

SELECT item.id%TYPE FROM item;

SELECT tags[1], nums[id], grid[1][2], grid[1], nums[1:2], nums[:2], nums[1:], nums[:], grid[1:2][1], tags['1'], nums[1.5], nums[NULL] FROM item;

SELECT id[1] FROM item;

SELECT nums[name] FROM item;

SELECT nums['x'] FROM item;

SELECT nums[day] FROM item;

SELECT nums[1][2][3][4][5][6][7] FROM item;

SELECT docb['a'], docb['a']['b'], docb[1], docb[name], docb[id], docb[NULL] FROM item;

SELECT docb[1:2] FROM item;

SELECT docb[1.5] FROM item;

SELECT docb[day] FROM item;

SELECT docb[small] FROM item;

SELECT doc['a'] FROM item;

SELECT (tags)[1], (ARRAY[1, 2])[1], (ARRAY['a', 'b'])[1:1], ('{1,2}'::integer[])[1], (array_agg(id))[1] FROM item GROUP BY tags;

SELECT '{1,2}'[1];

SELECT ('{1,2}')[1];

SELECT ARRAY[1, 2], ARRAY[1, 2.5], ARRAY['a', 'b'], ARRAY[NULL], ARRAY[1, NULL], ARRAY['a', NULL], ARRAY[id, small], ARRAY[[1, 2], [3, 4]], ARRAY[ARRAY[1], ARRAY[2.5]], ARRAY[nums, nums], ARRAY[]::text[], ARRAY[tags, '{x}'], ARRAY[ROW(1, 2)], ARRAY[pair], ARRAY[color], ARRAY[pos], ARRAY[code, name] FROM item;

SELECT ARRAY[];

SELECT ARRAY[1, 'x'];

SELECT ARRAY[1, name] FROM item;

SELECT ARRAY[[1, 2], 3];

SELECT ARRAY[1, ARRAY[2]];

SELECT ARRAY[ARRAY[1], ARRAY['x']];

SELECT ARRAY[1, 2]::text[], ARRAY['1', '2']::integer[], ARRAY[['1'], ['2']]::integer[], ARRAY['a']::varchar(1)[], ARRAY[]::integer[][];

SELECT ARRAY['x']::integer[];

SELECT ARRAY[1, day]::text[] FROM item;

SELECT ARRAY[day, 1]::integer[] FROM item;

SELECT ARRAY(SELECT id FROM item), ARRAY(SELECT tags FROM item), ARRAY(SELECT 'a'), ARRAY(SELECT pair FROM item), ARRAY(VALUES (1), (2));

SELECT ARRAY(SELECT id, name FROM item);

SELECT ROW(), ROW(1), ROW(1, 2), (1, 2), ROW(item.*), ROW(item), ROW(id, item.*, name) FROM item;

SELECT (ROW(1, 2)).f1, (ROW(1, 'a')).f2;

SELECT (ROW(1, 2)).f3;

SELECT (ROW(1, 2)).*;

SELECT (pair).a, (pair).b, (item.pair).a, (item).id, (item).pair, (item.*).id, item.name FROM item;

SELECT (pair).c FROM item;

SELECT (id).a FROM item;

SELECT (pair).*, (item).* FROM item;

SELECT (id).* FROM item;

SELECT pair.a FROM item;

SELECT item.pair.a FROM item;

SELECT item, item.*, i.* FROM item, item i;

SELECT item::text, item IS NULL, item = item, to_json(item), count(item) FROM item GROUP BY item;

SELECT item.nosuch, nosuch.id FROM item;

SELECT (item).nosuch FROM item;

SELECT public.item.id FROM public.item;

SELECT other.public.item.id FROM item;

SELECT a.b.c.d.e FROM item;

SELECT public.item.* FROM item;

SELECT nosuch.* FROM item;

SELECT *;

SELECT count(*), count(item.*), count(DISTINCT id) FROM item;

SELECT tableoid, ctid, xmin, xmax, cmin, cmax, item.tableoid, item.ctid FROM item;

SELECT oid FROM item;

SELECT upper(rng), lower(rng), rng @> 1, rng && rng, rng * rng, rng - rng, rng -|- rng, rng + rng, upper_inc(rng), int4range(1, 2), int4range(1, 2, '[]'), numrange(1, 2) @> 1.5, 1 <@ rng, rng @> '[1,2)', rng = '[1,2)' FROM item;

SELECT rng @> 'x' FROM item;

SELECT rng @> name FROM item;

SELECT SETTING FROM item;

SELECT DEFAULT;

SELECT id FROM item WHERE CURRENT OF c;

SELECT 1 AS "from", 2 AS "Select", 3 "a""b", 4 AS a1234567890123456789012345678901234567890123456789012345678901234567890;

SELECT xmlelement(name foo, xmlattributes('a' AS b, name), 'content', name), xmlforest(name, id AS n), xmlconcat('<a/>', '<b/>'), xmlpi(name php, 'x'), xmlroot('<a/>', version '1.0', standalone yes), xmlparse(content '<a/>'), xmlparse(document name), xmlserialize(content '<a/>' AS text), xmlexists('//a' PASSING BY VALUE '<a/>'), '<a/>'::xml IS DOCUMENT, xmlcomment('a'), xmlagg('<a/>'::xml) FROM item GROUP BY name, id;

SELECT xmlforest(id + 1) FROM item;

SELECT xmlelement(name foo, xmlattributes(id + 1)) FROM item;

SELECT xmlelement(name foo, xmlattributes(1 AS a, 2 AS a));

SELECT xmlserialize(content '<a/>' AS integer);

SELECT xmlconcat(id) FROM item;

SELECT xmlparse(document id) FROM item;

SELECT name IS DOCUMENT FROM item;

SELECT xmlroot(id, version no value) FROM item;

SELECT xmlpi(name foo, id) FROM item;

-- The place of a subscript that is no integer is that of the cast as it is written.
SELECT (ARRAY[1])[CAST('{}' AS uuid[])];

SELECT (ARRAY[1])[CAST('{}' AS uuid[]):1];

-- An array of a domain over an array is no array of arrays.
CREATE DOMAIN ints_domain AS int4[];

SELECT NULL = ALL ('{}'::ints_domain[]), '{1}'::ints_domain = ANY ('{}'::ints_domain[]);

CREATE TYPE pair_of AS (a int4, b text);

CREATE DOMAIN pair_domain AS pair_of;

SELECT NULL > ALL (NULL::pair_domain[]), NULL::pair_domain IN (NULL::pair_domain, NULL);

-- Input functions that are not strict are called for NULL too.
SELECT trigger_out(NULL);

SELECT internal_out(NULL), 1;

SELECT cstring_out(NULL), void_out(NULL);

-- Types whose values only the server makes.
SELECT 'a b'::gtsvector;

SELECT 'a b'::pg_brin_minmax_multi_summary;

SELECT 'a b'::pg_brin_bloom_summary;

SELECT '{}'::regtype;

SELECT '12.34'::regtype;

SELECT 'a b'::regtype;

SELECT ' int4 [ ] '::regtype, 'double precision'::regtype, 'timestamp with time zone'::regtype;

SELECT '10.0.0.0/8'::regoper;

SELECT 'a'::jsonpath;

SELECT 'a b'::jsonpath;

SELECT '$.a b'::jsonpath;

SELECT '"a" b'::jsonpath;

SELECT 'a+1'::jsonpath;

SELECT min(anyelement_in(NULL));

-- Attributes are looked at before content.
SELECT xmlelement(name x, xmlattributes(relpages AS y), reltuples), count(*) FROM pg_class;

-- The modifier of a type that all branches agree on is the whole's.
CREATE VIEW modifiers AS
SELECT CASE WHEN true THEN 'a'::varchar(5) ELSE 'b'::varchar(5) END AS a, coalesce('a'::varchar(5), 'b'::varchar(5)) AS b,
    greatest('a'::varchar(5), 'b'::varchar(5)) AS c, array['a'::varchar(5)] AS d, CASE WHEN true THEN 'a'::varchar(5) END AS e;

CREATE OR REPLACE VIEW modifiers AS
SELECT 'a'::varchar AS a, 'a'::varchar(5) AS b, 'a'::varchar(5) AS c, '{}'::varchar(5)[] AS d, 'a'::varchar AS e;

CREATE OR REPLACE VIEW modifiers AS
SELECT 'a'::varchar(5) AS a, 'a'::varchar AS b, 'a'::varchar(5) AS c, '{}'::varchar(5)[] AS d, 'a'::varchar AS e;

CREATE OR REPLACE VIEW modifiers AS
SELECT 'a'::varchar(5) AS a, 'a'::varchar(5) AS b, 'a'::varchar AS c, '{}'::varchar(5)[] AS d, 'a'::varchar AS e;

CREATE OR REPLACE VIEW modifiers AS
SELECT 'a'::varchar(5) AS a, 'a'::varchar(5) AS b, 'a'::varchar(5) AS c, '{}'::varchar(5)[] AS d, 'a'::varchar AS e;
