-- Calls: candidate selection, VARIADIC, named and mixed notation, defaults, polymorphism, procedures, set-returning
-- functions where they may and may not stand.
CREATE TABLE t (a integer, b text, c numeric, d date, e integer[], f text[], g varchar(5), h smallint, j jsonb);

CREATE FUNCTION add(a integer, b integer DEFAULT 2, c integer DEFAULT 3) RETURNS integer LANGUAGE sql AS 'SELECT a + b + c';

CREATE FUNCTION over(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION over(text) RETURNS text LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION over(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION amb(smallint, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION amb(integer, smallint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION total(VARIADIC xs integer[]) RETURNS bigint LANGUAGE sql AS 'SELECT sum(x) FROM unnest(xs) x';

CREATE FUNCTION label(prefix text, VARIADIC xs text[] DEFAULT '{}') RETURNS text LANGUAGE sql AS 'SELECT prefix';

CREATE FUNCTION poly(anyelement, anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION polya(anyelement) RETURNS anyarray LANGUAGE sql AS 'SELECT ARRAY[$1]';

CREATE FUNCTION compat(anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION compata(anycompatible, anycompatiblearray) RETURNS anycompatiblearray LANGUAGE sql AS 'SELECT $2';

CREATE FUNCTION rangy(anyrange) RETURNS anyelement LANGUAGE sql AS 'SELECT lower($1)';

CREATE FUNCTION multi(anymultirange) RETURNS anyrange LANGUAGE sql AS 'SELECT range_merge($1)';

CREATE FUNCTION vpoly(VARIADIC anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1]';

CREATE FUNCTION vcompat(VARIADIC anycompatiblearray) RETURNS anycompatible LANGUAGE sql AS 'SELECT $1[1]';

CREATE FUNCTION nonarr(anynonarray) RETURNS anynonarray LANGUAGE sql AS 'SELECT $1';

CREATE FUNCTION enumy(anyenum) RETURNS text LANGUAGE sql AS 'SELECT $1::text';

CREATE FUNCTION outs(a integer, OUT b integer, OUT c text) LANGUAGE sql AS 'SELECT a, ''x''';

CREATE FUNCTION one_out(a integer, OUT b text) LANGUAGE sql AS 'SELECT ''x''';

CREATE FUNCTION inouts(INOUT a integer, INOUT b text) LANGUAGE sql AS 'SELECT a, b';

CREATE FUNCTION rows_of() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';

CREATE FUNCTION row_of() RETURNS t LANGUAGE sql AS 'SELECT * FROM t';

CREATE FUNCTION tab(n integer) RETURNS TABLE (x integer, y text) LANGUAGE sql AS 'SELECT n, ''a''';

CREATE FUNCTION recs() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''a''::text';

CREATE FUNCTION rec() RETURNS record LANGUAGE sql AS 'SELECT 1, ''a''::text';

CREATE FUNCTION nums() RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION nothing() RETURNS void LANGUAGE sql AS 'SELECT';

CREATE FUNCTION fields(t) RETURNS integer LANGUAGE sql AS 'SELECT $1.a';

CREATE FUNCTION shout(r t) RETURNS text LANGUAGE sql AS 'SELECT upper(r.b)';

CREATE PROCEDURE proc(a integer, INOUT b text DEFAULT 'x') LANGUAGE sql AS 'SELECT b';

CREATE AGGREGATE mysum(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');

CREATE AGGREGATE vagg(VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal);

CREATE TYPE shade AS ENUM ('dark', 'light');

SELECT add(1), add(1, 2), add(1, 2, 3), add(1, c => 5), add(a => 1), add(c => 1, a => 2), add(1, b := 2), add('1', '2');

SELECT add();

SELECT add(1, 2, 3, 4);

SELECT add(b => 1);

SELECT add(1, a => 2);

SELECT add(1, z => 2);

SELECT add(a => 1, a => 2);

SELECT add(a => 1, 2);

SELECT add(1.5);

SELECT add(1, 'x');

SELECT add(1::bigint);

SELECT add(1::smallint), add('1'::integer), add(NULL);

SELECT add("A" => 1);

SELECT over(1), over('a'), over(1.5), over(1::smallint), over(1::bigint), over(1::real), over(NULL), over(b), over(g) FROM t;

SELECT over(true);

SELECT over(now());

SELECT over(d), over(e) FROM t;

SELECT over('a'::name), over('c'::"char");

SELECT amb(1::smallint, 1::smallint);

SELECT amb(1, 1);

SELECT amb(1::smallint, 1), amb(1, 1::smallint), amb('1', 1), amb('1', 1::smallint);

SELECT amb('1', '1');

SELECT total(1, 2, 3), total(VARIADIC ARRAY[1, 2]), total(VARIADIC '{1,2}'), total(VARIADIC xs => ARRAY[1]), total(1, '2', NULL), total(h) FROM t;

SELECT total();

SELECT total(xs => 1);

SELECT total(xs => ARRAY[1]);

SELECT total(VARIADIC 1);

SELECT total(1, VARIADIC ARRAY[2]);

SELECT total('a');

SELECT total(1.5);

SELECT label('a'), label('a', 'b', 'c'), label('a', VARIADIC ARRAY['x']), label(prefix => 'a'), label('a', VARIADIC xs => ARRAY['a']), label(prefix => 'a', VARIADIC xs => '{a}');

SELECT label();

SELECT label('a', 1);

SELECT label(VARIADIC ARRAY['a']);

SELECT concat(1, 'a', now()), concat(VARIADIC ARRAY[1, 2]), concat_ws(',', 1, NULL), format('%s', 1, 2), json_build_object('a', 1), jsonb_build_array(), num_nulls(1, NULL), greatest(1, 2);

SELECT concat();

SELECT concat(VARIADIC 1);

SELECT format(VARIADIC ARRAY[1]);

SELECT abs(VARIADIC ARRAY[1]);

SELECT count(VARIADIC ARRAY[1]);

SELECT poly(1, ARRAY[2]), poly('a', ARRAY['b'::text]), poly(NULL, ARRAY[1]), poly(1, '{2}'), poly(a, e), poly('x', f) FROM t;

SELECT poly(1, ARRAY['a']);

SELECT poly('a', '{}');

SELECT poly(NULL, NULL);

SELECT poly(1, 2);

SELECT poly(1.5, ARRAY[1]);

SELECT polya(1), polya('a'::text), polya(ROW(1, 2)), polya(t) FROM t;

SELECT polya('a');

SELECT polya(ARRAY[1]);

SELECT compat(1, 2), compat(1, 2.5), compat('a', 'b'), compat('a'::varchar, 'b'::text), compat(1, NULL), compat(NULL, NULL), compat(d, now()), compat(a, h) FROM t;

SELECT compat(1, 'a'::text);

SELECT compat(1, 'a');

SELECT compat(1, now());

SELECT compata(1, ARRAY[2.5]), compata(1.5, ARRAY[2]), compata('a', ARRAY['b']), compata(NULL, ARRAY[1]), compata(1, '{2}'), compata(h, e) FROM t;

SELECT compata(1, 2);

SELECT compata('a', '{}');

SELECT compata(1, ARRAY['a']);

SELECT rangy('[1,2)'::int4range), rangy(int4range(1, 2)), rangy(tsrange(now()::timestamp, NULL));

SELECT rangy(1);

SELECT rangy('[1,2)');

SELECT rangy(NULL);

SELECT multi('{[1,2)}'::int4multirange);

SELECT multi('[1,2)'::int4range);

SELECT vpoly(1, 2), vpoly('a'::text, 'b'), vpoly(VARIADIC ARRAY[1]), vpoly(1, 2::smallint::integer);

SELECT vpoly(1, 2.5);

SELECT vpoly('a', 'b');

SELECT vpoly();

SELECT vcompat(1, 2.5), vcompat('a', 'b'), vcompat(1, NULL), vcompat(VARIADIC ARRAY[1.5]);

SELECT vcompat(1, 'a'::text);

SELECT nonarr(1), nonarr('a'::text);

SELECT nonarr(ARRAY[1]);

SELECT nonarr('a');

SELECT enumy('dark'::shade);

SELECT enumy('dark');

SELECT enumy(1);

SELECT array_append(ARRAY[1], 2), array_append(ARRAY[1], 2.5), array_append(NULL, 1), array_append(e, h), array_prepend('a', f), array_cat(e, '{1}'), array_remove(e, 1), array_replace(e, 1, 2), array_positions(f, 'a') FROM t;

SELECT array_append(ARRAY[1], 'a');

SELECT array_append(1, 2);

SELECT array_append(ARRAY[1], 'a'::text);

SELECT array_position(e, 'x'::text) FROM t;

SELECT outs(1), (outs(1)).b, (outs(1)).*, one_out(1), inouts(1, 'a'), (inouts(1, 'a')).b;

SELECT (outs(1)).z;

SELECT outs(1, 2);

SELECT * FROM outs(1);

SELECT o, o.b, o.* FROM outs(1) o;

SELECT * FROM one_out(1);

SELECT x FROM one_out(1) AS x;

SELECT * FROM one_out(1) AS x(y);

SELECT * FROM outs(1) AS x(p, q);

SELECT * FROM outs(1) AS x(p);

SELECT * FROM outs(1) AS x(p, q, r);

SELECT * FROM outs(1) WITH ORDINALITY;

SELECT * FROM outs(1) WITH ORDINALITY AS x(p, q, n);

SELECT * FROM outs(1) WITH ORDINALITY AS x(p, q, n, o);

SELECT rows_of(), (rows_of()).a, (rows_of()).* ;

SELECT * FROM rows_of();

SELECT r.a, r FROM rows_of() r;

SELECT * FROM row_of() r(p, q);

SELECT * FROM tab(1);

SELECT tab(1), (tab(1)).x;

SELECT y FROM tab(1) WHERE x > 0;

SELECT * FROM recs();

SELECT * FROM recs() AS r;

SELECT * FROM recs() AS r(a, b);

SELECT * FROM recs() AS r(a integer, b text);

SELECT * FROM recs() AS (a integer, b text);

SELECT * FROM recs() AS r(a integer, a text);

SELECT * FROM recs() AS r(a nosuch);

SELECT * FROM recs() AS r(a integer COLLATE "C");

SELECT * FROM recs() AS r(a text COLLATE "C", b varchar(3)[]);

SELECT * FROM recs() WITH ORDINALITY AS r(a integer, b text);

SELECT * FROM nums() AS r(a integer);

SELECT * FROM outs(1) AS r(a integer, b text);

SELECT * FROM tab(1) AS r(a integer, b text);

SELECT * FROM rec() AS r(a integer, b text), rec() AS s(c integer, d text);

SELECT rec(), recs();

SELECT (rec()).a;

SELECT (rec()).*;

SELECT * FROM json_to_record('{}') AS x(a integer, b jsonb);

SELECT * FROM json_to_record('{}');

SELECT * FROM jsonb_populate_record(NULL::t, '{}');

SELECT * FROM jsonb_populate_record(NULL, '{}');

SELECT * FROM jsonb_populate_record(NULL, '{}') AS x(a integer);

SELECT * FROM jsonb_populate_record(ROW(1, 2), '{}');

SELECT * FROM json_each('{}'), jsonb_each_text('{}') x, json_array_elements('[]'), jsonb_object_keys('{}') k, json_array_elements_text('[]') AS v(z);

SELECT * FROM unnest(ARRAY[1, 2]), unnest(ARRAY['a'], ARRAY[1.5]) AS u(x, y), unnest(ARRAY[1], ARRAY[2]) WITH ORDINALITY;

SELECT * FROM unnest(ARRAY[1], ARRAY[2]) AS u(x integer, y integer);

SELECT * FROM unnest(1);

SELECT * FROM unnest(ARRAY[1], 2);

SELECT unnest(ARRAY[1], ARRAY[2]);

SELECT * FROM unnest(ARRAY[ROW(1, 2)]);

SELECT * FROM unnest(ARRAY[ROW(1, 2)]) AS x(a integer, b integer);

SELECT * FROM unnest(ARRAY(SELECT t FROM t)) u;

SELECT * FROM ROWS FROM (nums(), tab(1), outs(2)) AS r;

SELECT * FROM ROWS FROM (nums(), recs() AS (a integer, b text)) WITH ORDINALITY AS r(p, q, s, n);

SELECT * FROM ROWS FROM (nums(), recs());

SELECT * FROM ROWS FROM (recs() AS (a integer, b text), nums()) AS r(x integer);

SELECT * FROM ROWS FROM (unnest(ARRAY[1], ARRAY[2]), nums());

SELECT * FROM generate_series(1, 3), generate_series(1, 3, 1) s, generate_series(1.5, 3) n(x), generate_series(1::bigint, 2), generate_series('2020-01-01'::date, '2020-02-01', '1 day') AS d;

SELECT generate_series FROM generate_series(1, 3);

SELECT s.s, s FROM generate_series(1, 3) s;

SELECT s.x FROM generate_series(1, 3) s;

SELECT * FROM generate_series('a', 'b');

SELECT * FROM generate_series(now(), now());

SELECT generate_series(1, 2) + 1, abs(generate_series(1, 2)), generate_series(1, generate_series(1, 2));

SELECT * FROM t WHERE generate_series(1, 2) = 1;

SELECT count(generate_series(1, 2));

SELECT a FROM t GROUP BY generate_series(1, 2);

SELECT generate_series(1, 2) FROM t GROUP BY 1;

SELECT a FROM t ORDER BY generate_series(1, 2);

SELECT a FROM t LIMIT generate_series(1, 2);

SELECT a FROM t HAVING generate_series(1, 2) > 1;

SELECT CASE WHEN true THEN generate_series(1, 2) END;

SELECT COALESCE(generate_series(1, 2));

SELECT NULLIF(generate_series(1, 2), 1);

SELECT ARRAY[generate_series(1, 2)];

SELECT ROW(generate_series(1, 2));

SELECT generate_series(1, 2) IN (1, 2);

SELECT (SELECT generate_series(1, 2));

VALUES (generate_series(1, 2));

VALUES (generate_series(1, 2)), (1);

INSERT INTO t (a) VALUES (generate_series(1, 2));

INSERT INTO t (a) VALUES (generate_series(1, 2)), (3);

UPDATE t SET a = generate_series(1, 2);

DELETE FROM t WHERE a = generate_series(1, 2);

INSERT INTO t (a) VALUES (1) RETURNING generate_series(1, 2);

SELECT * FROM t JOIN t u ON generate_series(1, 2) = 1;

SELECT * FROM abs(generate_series(1, 2));

SELECT * FROM generate_series(1, generate_series(1, 2));

SELECT sum(generate_series(1, 2)) OVER ();

SELECT rank() OVER (ORDER BY generate_series(1, 2)) FROM t;

SELECT DISTINCT ON (generate_series(1, 2)) a FROM t;

SELECT nothing();

SELECT * FROM nothing();

SELECT fields(t), fields(t.*), t.fields, (t).fields, shout(t), t.shout, shout(ROW(1, 'a', 2, NULL, NULL, NULL, NULL, NULL, NULL)), a(t), b(t.*), t.a FROM t;

SELECT fields(1);

SELECT shout(a) FROM t;

SELECT z(t) FROM t;

SELECT t.z FROM t;

SELECT a(1) FROM t;

SELECT text(t) FROM t;

SELECT t.text, t.varchar FROM t;

SELECT t.name FROM t;

SELECT name(t) FROM t;

SELECT CAST(t AS text), t::text FROM t;

SELECT int4('1'), int4(1.5), text(1), float8(a), date('2020-01-01'), varchar(b), numeric('1'), int4range(1, 2), point(1, 2), box('(1,1),(2,2)'), bool(1), bool('t'), bpchar('a'), name('a'), int8(a), regclass('t'), interval(now() - now()) FROM t;

SELECT int4('x');

SELECT int4(b) FROM t;

SELECT date(a) FROM t;

SELECT shade('dark');

SELECT shade(b) FROM t;

SELECT proc(1);

SELECT proc(1, 'a');

SELECT nosuch(1);

SELECT nosuch();

SELECT nosuch(1, 'a', NULL, b) FROM t;

SELECT public.nosuch(1);

SELECT nosuch.abs(1);

SELECT elsewhere.nosuch.abs(1);

SELECT pg_catalog.abs(1), pg_catalog.count(*), public.add(1) FROM t;

SELECT a.b.c.d(1);

SELECT absolute(1);

SELECT ABS(-1), "abs"(-1);

SELECT "ABS"(-1);

SELECT abs();

SELECT abs(1, 2);

SELECT abs('a'::text);

SELECT abs('x');

SELECT abs(NULL);

SELECT abs(b) FROM t;

SELECT abs(DISTINCT 1);

SELECT abs(*);

SELECT abs(1 ORDER BY 1);

SELECT abs(1) FILTER (WHERE true);

SELECT abs(1) OVER ();

SELECT abs(1) WITHIN GROUP (ORDER BY 1);

SELECT abs(ALL 1);

SELECT lower(1);

SELECT lower('A'), lower(g), lower(b), lower('[1,2)'::int4range), length('a'), length(b), length(B'1'), length(bytea '\x00'), round(1.5), round(1.5::float8), round(1.5, 1), sqrt(2), sqrt(2.0), power(2, 3), power(2, 3.5), exp(1), ln(a), log(2, 8), mod(a, 2), trunc(1.5), ceil(a), floor(c), sign(a), random(), pi(), div(7, 2), gcd(a, 4), width_bucket(5, 0, 10, 5), to_hex(a), chr(65), ascii('a') FROM t;

SELECT round(1.5::float8, 1);

SELECT round(a, 1), round(c, h) FROM t;

SELECT length(a) FROM t;

SELECT substr('abc', 1), substr(b, a), substr(b, h, 1), left(b, 1), position('a' in b), strpos(b, 'a'), repeat('a', a), replace(b, 'a', 'b'), translate(b, 'a', 'b'), initcap(b), reverse(b), split_part(b, ',', 1), string_to_array(b, ','), regexp_match(b, 'a'), regexp_matches(b, 'a'), regexp_replace(b, 'a', 'b'), regexp_split_to_array(b, 'a'), quote_ident(b), md5(b), encode(bytea 'a', 'hex'), btrim(b), lpad(b, 5), to_char(a, '9'), to_number('1', '9') FROM t;

SELECT substr(b, c) FROM t;

SELECT to_char(d, 'YYYY'), to_char(now(), 'YYYY'), age(d), date_trunc('day', d), date_trunc('day', now(), 'UTC'), date_part('year', d), extract(year from d), make_date(1, 2, 3), now(), clock_timestamp(), to_timestamp(1), to_date('a', 'b'), justify_days('1 day'), isfinite(d), timezone('UTC', d), date_bin('1 day', d, d) FROM t;

SELECT date_trunc('day', b) FROM t;

SELECT date_trunc(day, d) FROM t;

SELECT to_json(a), to_jsonb(t), row_to_json(t), json_agg(t), jsonb_object_agg(b, a), array_to_json(e), json_typeof('1'), jsonb_set(j, '{a}', '1'), jsonb_insert(j, f, '1', true), jsonb_path_query(j, '$'), jsonb_path_exists(j, '$', '{}', true), jsonb_pretty(j), jsonb_strip_nulls(j), json_extract_path('{}', 'a', 'b'), jsonb_extract_path_text(j, VARIADIC f) FROM t GROUP BY a, t.*, e, j, f;

SELECT to_json('a');

SELECT to_jsonb(NULL);

SELECT row_to_json(1);

SELECT jsonb_set(j, 'a', '1') FROM t;

SELECT jsonb_set(j, '{a}', 1) FROM t;

SELECT array_agg(t), (array_agg(t))[1].a, array_length(e, 1), array_upper(f, 1), array_ndims(e), cardinality(f), array_fill(0, ARRAY[2]), array_to_string(e, ','), trim_array(e, 1) FROM t GROUP BY e, f;

SELECT array_fill('a', ARRAY[2]);

SELECT nextval('s'), currval('s'::regclass), setval('s', 1);

SELECT pg_typeof(a), pg_typeof('a'), pg_typeof(NULL), current_setting('x'), version(), pg_backend_pid(), has_table_privilege('t', 'select'), obj_description(1, 'pg_class'), txid_current(), gen_random_uuid() FROM t;

CALL proc(1);

CALL proc(1, 'a');

CALL proc();

CALL proc('x');

CALL nosuch(1);

CALL add(1);

CALL proc(a => 1, b => 'z');

CALL proc((SELECT 1));

CALL proc(sum(1));

SELECT mysum(a), mysum(h), mysum(DISTINCT a), mysum('1') FROM t;

SELECT mysum(b) FROM t;

SELECT mysum(c) FROM t;

SELECT int4in('1');

SELECT int4in('1'::cstring), int4out(1);

SELECT textin('a');

SELECT any_in('a');

SELECT pg_catalog.array_in('{1}', 23, -1);

SELECT internal_in('a');

SELECT lag(1);

SELECT f(x => 1);

SELECT make_interval(days => 3), make_interval(1, 2, weeks => 3), make_interval(), make_interval(secs => 1.5), make_interval(hours => '3'), make_date(year => 2020, month => 1, day => 1);

SELECT make_interval(day => 3);

SELECT make_interval(days => 1, days => 2);

SELECT make_interval(years => 'x');

SELECT jsonb_path_query_array(target => '{}', path => '$'), jsonb_path_query('{}', '$', silent => true);

SELECT to_char(a, b => 'x') FROM t;
