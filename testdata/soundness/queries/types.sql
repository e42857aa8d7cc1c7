SELECT * FROM things

SELECT id, (p).x, (p).label, (pd).x, ps[1], (ps[1]).x, ms[1], ms[1:2] FROM things

SELECT p, p IS NULL, p IS NOT NULL, NOT (p IS NULL) FROM things

SELECT p, (p).x FROM things WHERE p IS NOT NULL

SELECT p, (p).x FROM things WHERE NOT (p IS NULL)

SELECT p, (p).x FROM things WHERE p IS DISTINCT FROM NULL

SELECT p, (p).x, (p).y FROM things WHERE (p).x = $1

SELECT p, (p).x FROM things WHERE (p).x IS NOT NULL

SELECT p, (p).x FROM things WHERE (p).x IS NULL

SELECT ps, ps[1] FROM things WHERE ps[1] IS NOT NULL

SELECT ms, ms[1] FROM things WHERE ms[1] = 'ok'

SELECT m, m::text, m = 'ok', m > 'sad', m IS NULL, coalesce(m, 'ok'), greatest(m, 'ok'), nullif(m, 'ok') FROM things

SELECT pos, pos + 1, pos::int, pos::text, req, req || 'x', upper(req), ne, length(ne), pd FROM things

SELECT t.req, t.pos, d.id FROM documents d LEFT JOIN things t ON t.id = d.id

SELECT d.id, t.req, t.ne FROM documents d LEFT JOIN (SELECT req, ne, id FROM things) t ON t.id = d.id

SELECT 'x'::required, NULL::positive, 1::positive, $1::positive, $2::required

SELECT (SELECT req FROM things WHERE id = $1), (SELECT ne FROM things LIMIT 1)

SELECT coalesce((SELECT req FROM things WHERE id = $1), 'x')

SELECT CASE WHEN id > 1 THEN req END, max(req) OVER (), lag(req) OVER () FROM things

SELECT max(req), min(pos) FROM things

SELECT max(req), min(pos), array_agg(req), array_agg(pos) FROM things GROUP BY m

SELECT m, req FROM things GROUP BY ROLLUP (m, req)

SELECT r, lower(r), upper(r), isempty(r), lower_inf(r), r * int4range(1, 2), r @> 1, r && r, range_merge(r, r) FROM things

SELECT mr, lower(mr), upper(mr), isempty(mr), mr + mr, range_agg(r) OVER () FROM things

SELECT lower(int4range(1, 2)), upper('empty'::int4range), lower('(,)'::int4range), lower('{}'::int4multirange), isempty('empty'::int4range)

SELECT unnest(mr) FROM things

SELECT unnest(ps) FROM things

SELECT (unnest(ps)).* FROM things

SELECT u.* FROM things, unnest(ps) u

SELECT u.x, u.label FROM things t LEFT JOIN LATERAL unnest(t.ps) u ON true

SELECT * FROM checked

SELECT a, b, c, d, e FROM checked

SELECT d FROM checked WHERE e IS NULL

SELECT coalesce(d, e) FROM checked

SELECT * FROM unchecked

SELECT * FROM unchecked WHERE a = $1

SELECT * FROM made

SELECT twice, full_name, e, n FROM made

SELECT twice FROM made WHERE a IS NOT NULL

SELECT a FROM made WHERE twice > 0

INSERT INTO made (id, a, b) VALUES ($1, $2, $3) RETURNING *

INSERT INTO made (id) VALUES ($1) RETURNING twice, full_name, n, e

UPDATE made SET a = NULL, e = NULL WHERE a IS NOT NULL RETURNING a, twice, full_name, e

UPDATE made SET a = DEFAULT, e = DEFAULT RETURNING a, e, n

INSERT INTO things (p, req, ne, pd) VALUES (ROW(NULL, 1, 'x'), $1, $2, ROW(1, NULL, NULL)) RETURNING *, (p).x

INSERT INTO things (p.x, req, ne) VALUES ($1, 'x', 'y') RETURNING (p).x, (p).y, p

UPDATE things SET p.x = $1, ps[2] = ROW(1, 2, NULL) RETURNING (p).x, p, ps, ps[1]

INSERT INTO checked (a, b, c, d) VALUES ($1, $2, $3, $4) RETURNING *

INSERT INTO unchecked VALUES ($1, $2, $3) RETURNING *

INSERT INTO typed (x) VALUES ($1) RETURNING *

SELECT t, t.x, t.y, (t).label FROM typed t

SELECT t.x, d.x FROM typed t LEFT JOIN typed d ON d.y = t.y

SELECT * FROM documents

SELECT doc -> 'a', doc ->> 'a', doc -> 0, doc #> '{a,b}', doc #>> '{a}', doc['a'], doc ? 'a', doc @> '{}', jsonb_typeof(doc), jsonb_array_length('[1]'::jsonb || doc) FROM documents

SELECT doc || '{}', doc - 'a', doc #- '{a}', jsonb_set(doc, '{a}', '1'), jsonb_set(doc, '{a}', NULL), jsonb_strip_nulls(doc), jsonb_pretty(doc), to_jsonb(doc), to_jsonb(id), doc::text, doc = doc FROM documents WHERE jsonb_typeof(doc) = 'object'

SELECT jsonb_path_query_first(doc, '$.a'), jsonb_path_exists(doc, '$.a'), jsonb_path_match(doc, '$.a == 1'), doc @? '$.a', doc @@ '$.a == 1', jsonb_path_query_array(doc, '$.a') FROM documents

SELECT jsonb_build_object('a', raw), json_build_array(raw, NULL), row_to_json(ROW(id, raw)), jsonb_object('{a,1}'), jsonb_extract_path(doc, 'a'), jsonb_extract_path_text(doc, 'a', 'b'), jsonb_object_agg(id, raw) OVER () FROM documents

SELECT doc FROM documents WHERE doc ->> 'a' = $1

SELECT raw FROM documents WHERE raw ->> 'a' IS NOT NULL

SELECT raw FROM documents WHERE raw::jsonb @> $1

SELECT names[1], names[$1], names[1:2], names[:1], array_length(names, 1), cardinality(names), array_upper(names, 1), array_position(names, 'a'), array_ndims(names), array_dims(names), array_lower(names, 1) FROM documents

SELECT names || 'x'::text, 'x'::text || names, names || names, array_append(names, NULL), array_cat(names, NULL), array_remove(names, 'a'), array_replace(names, 'a', NULL), array_to_string(names, ','), array_to_string(names, NULL), array_positions(names, 'a') FROM documents

SELECT 'a' = ANY(names), 'a' = ALL(names), names @> ARRAY['a'], names && ARRAY['a'], names = names, names < ARRAY['b'], 1 = ANY(counts), id = ANY(counts) FROM documents

SELECT unnest(names), id FROM documents

SELECT unnest(names), unnest(counts), id FROM documents

SELECT n FROM documents, unnest(names) n

SELECT n, c FROM documents, unnest(names, counts) u(n, c)

SELECT n, o FROM documents d LEFT JOIN unnest(d.names) WITH ORDINALITY u(n, o) ON true

SELECT s FROM documents, generate_subscripts(names, 1) s

SELECT array_agg(n) FROM documents, unnest(names) n

SELECT ARRAY(SELECT n FROM unnest(names) n), (SELECT string_agg(n, ',') FROM unnest(names) n), (SELECT count(*) FROM unnest(names)), (SELECT max(n) FROM unnest(counts) n) FROM documents

SELECT amount + 1, round(amount, 1), amount::int, -amount, abs(amount), ceil(ratio), sqrt(ratio * ratio), power(ratio, 2), ratio::numeric, amount / nullif(ratio, 0)::numeric FROM documents WHERE amount IS NOT NULL AND ratio <> 'NaN'

SELECT day + 1, day - day, day::timestamptz, moment::date, age(moment), extract(year FROM day), date_part('epoch', moment), date_trunc('day', moment), to_char(day, 'YYYY'), moment AT TIME ZONE 'UTC', moment + span, day < moment FROM documents

SELECT extract(year FROM 'infinity'::date), extract(month FROM 'infinity'::date), extract(month FROM 'infinity'::timestamptz), date_part('day', 'infinity'::timestamp), date_part('epoch', 'infinity'::timestamp), extract(dow FROM day) FROM documents

SELECT extract(month FROM day), date_part('hour', moment), extract(epoch FROM span), extract(minute FROM t) FROM documents

SELECT justify_days(span), make_interval(days => id), make_date(2020, 1, 1), to_timestamp(id), to_date('2020', 'YYYY'), isfinite(day), overlay('abc' PLACING 'x' FROM 1) FROM documents WHERE span IS NOT NULL

SELECT host(ip), family(ip), masklen(ip), ip << '10.0.0.0/8', network(ip), text(ip), u::text, bin || '\x00', length(bin), encode(bin, 'hex'), get_byte('\x01', 0), md5(bin) FROM documents WHERE ip IS NOT NULL AND bin IS NOT NULL AND u IS NOT NULL

SELECT substring('abc' FROM 'x'), substring('abc' FROM 2), substring('abc' SIMILAR 'a#"b#"c' ESCAPE '#'), regexp_match('a', 'b'), regexp_matches('a', 'a'), regexp_replace('a', 'b', 'c'), regexp_substr('a', 'b'), regexp_count('a', 'a'), regexp_instr('a', 'b'), regexp_like('a', 'b')

SELECT split_part('a', ',', 2), string_to_array('a', NULL), string_to_array('', ','), string_to_array(NULL, ','), position('a' IN 'b'), strpos('a', 'b'), trim('  '), lpad('a', 0), repeat('a', -1), translate('a', 'a', ''), chr(65), initcap('a'), reverse('a'), starts_with('a', 'b'), to_hex(1)

SELECT concat(NULL, NULL), concat_ws(NULL, 'a'), concat_ws(',', NULL), format('%s', NULL), format('x'), quote_nullable(NULL), quote_literal('a'), quote_ident('a'), num_nulls(NULL), num_nonnulls(NULL, 1)

SELECT concat(VARIADIC NULL::text[]), concat_ws(',', VARIADIC NULL::text[]), format('%s', VARIADIC NULL::text[]), num_nulls(VARIADIC NULL::int[]), jsonb_build_array(VARIADIC NULL::int[]), concat(VARIADIC ARRAY[NULL, 'a'])

SELECT greatest(NULL, 1), least(NULL::int, NULL), coalesce(NULL, NULL::int), nullif(1, 1), nullif(1, 2), CASE WHEN NULL THEN 1 ELSE 2 END

SELECT current_date, current_timestamp, localtime, current_user, session_user, current_catalog, current_schema, current_setting('search_path'), current_setting('no.such', true), inet_client_addr(), inet_server_port(), version(), pg_backend_pid(), txid_current_if_assigned()

SELECT current_query(), pg_typeof(NULL), obj_description(1), col_description(1, 1), to_regclass('nope'), to_regtype('nope'), has_table_privilege('things', 'SELECT'), pg_get_viewdef(0), format_type(NULL, NULL), format_type(0, 0), pg_size_pretty(1::bigint), pg_table_size('things'), currval(pg_get_serial_sequence('things', 'id')) WHERE false

SELECT array_length('{}'::int[], 1), array_upper('{}'::int[], 1), array_lower('{1}'::int[], 2), array_dims('{}'::int[]), array_ndims('{}'::int[]), cardinality('{}'::int[]), array_position('{}'::int[], 1), ('{}'::int[])[1], ('{1,NULL}'::int[])[2], array_fill(NULL::int, ARRAY[1]), trim_array('{1}'::int[], 1)

SELECT ('{1}'::int[])[NULL], ('{1}'::int[])[1:NULL], ('{}'::int[])[1:2], ('{{1}}'::int[])[1], ('{{1}}'::int[])[1][1], ('[1]'::jsonb)[0], ('{"a":null}'::jsonb)['a'], ('{}'::jsonb)['a']

SELECT '{"a":null}'::jsonb -> 'a', '{"a":null}'::jsonb ->> 'a', jsonb_typeof('null'), json_typeof('null'), jsonb_array_element('[1]', 5), jsonb_object_field('{}', 'a'), jsonb_each('{"a":null}'), jsonb_each_text('{"a":null}'), json_object_keys('{"a":1}')

SELECT jsonb_array_elements_text('[null]')

SELECT v FROM jsonb_array_elements_text('[null,"a"]') v

SELECT k, v FROM jsonb_each_text('{"a":null}') e(k, v)

SELECT k, v FROM json_each('{"a":null}') e(k, v)

SELECT * FROM jsonb_populate_record(NULL::pt, '{"x":1}')

SELECT * FROM jsonb_populate_recordset(NULL::pt, '[{"x":1},{}]')

SELECT jsonb_populate_record(ROW(1, 2, 'a')::pt, '{"x":null}')

SELECT * FROM jsonb_to_record('{"x":1}') AS r(x int, y text)

SELECT * FROM xmltable('/r/c' PASSING '<r><c a="1">x</c><c/></r>' COLUMNS n FOR ORDINALITY, a int PATH '@a', b text PATH '.', c text PATH 'd' DEFAULT 'x', e int PATH '@a' NOT NULL DEFAULT 5)

SELECT xmlforest(raw AS a), xmlelement(name x, raw), xmlconcat(NULL, NULL), xmlconcat('<a/>', NULL), xmlpi(name x), xmlparse(content 'a'), xmlserialize(content '<a/>'::xml AS text) FROM (SELECT NULL::text AS raw) s

SELECT words @@ to_tsquery('a'), to_tsvector('a'), ts_rank(words, to_tsquery('a')), plainto_tsquery('a'), numnode(to_tsquery('a')), ts_headline('a', to_tsquery('a')), strip(words), length(words) FROM documents WHERE words IS NOT NULL

SELECT GREATEST(day, NULL), LEAST(moment, day), COALESCE(raw, '{}'), COALESCE(span, span), NULLIF(id, 1) FROM documents

SELECT ROW(1, NULL), ROW(1, NULL) IS NULL, ROW(NULL) IS NULL, ROW(1, NULL) IS NOT NULL, ROW(1, NULL::int) = ROW(1, 2), ROW(1, 2) < ROW(1, NULL::int), ROW(1, NULL::int) IS DISTINCT FROM ROW(1, 2), (ROW(1, NULL::int)).f2, ROW(1, 2)::text, ROW(1, 2, NULL)::pt, (ROW(1, 2, NULL)::pt).label

SELECT 1 IN (1, NULL), 1 IN (2, NULL), 1 NOT IN (2, NULL), NULL IN (1), 1 = ANY(ARRAY[2, NULL]), 1 = ALL('{}'), NULL = ANY('{}'::int[]), 1 = ANY(NULL::int[]), 1 IN (SELECT NULL::int), 1 IN (SELECT 1 WHERE false), NULL IN (SELECT 1 WHERE false)

SELECT NULL AND false, NULL OR true, NOT NULL, true AND NULL, (NULL IS UNKNOWN), NULL IS NOT TRUE, NULL IS NULL, 1 BETWEEN NULL AND 0, 'a' LIKE NULL, 1 IS DISTINCT FROM NULL

SELECT id, count(*) OVER (PARTITION BY names), array_agg(counts[1]) OVER (), jsonb_agg(raw) OVER (), max(day) OVER (ORDER BY id), min(amount) OVER (ORDER BY id) FROM documents

SELECT id, grouping(id), day, max(amount) FROM documents GROUP BY GROUPING SETS (id, day)

SELECT id, names, doc FROM documents GROUP BY id

SELECT id + 0, length(names[1]) FROM documents GROUP BY id, names

SELECT day, ('x'), 'y'::text FROM documents GROUP BY ROLLUP (day, ('x'::text))

SELECT day, 'y'::text FROM documents GROUP BY ROLLUP (day, ('y'::text))

SELECT $1::int, count(*) FROM documents GROUP BY ROLLUP (($1::int))

SELECT current_date, count(*) FROM documents GROUP BY CUBE (current_date)

SELECT coalesce(day, moment::date), count(*) FROM documents GROUP BY ROLLUP (coalesce(day, moment::date))

SELECT id IS NULL, count(*) FROM documents GROUP BY ROLLUP (id IS NULL)

SELECT s.k FROM (SELECT 1 AS k FROM documents GROUP BY ROLLUP (id)) s

SELECT (SELECT max(o.id) FROM documents d) FROM documents o GROUP BY o.day

SELECT (SELECT count(o.id) FROM documents d LIMIT 1) FROM documents o

SELECT (SELECT sum(o.id)) FROM documents o GROUP BY o.day

SELECT (SELECT sum(o.id)) FROM documents o

SELECT (SELECT o.day FROM documents d LIMIT 1) FROM documents o GROUP BY ROLLUP (o.day)

SELECT day, (SELECT 1 + max(d.id) FROM documents d WHERE d.day = o.day) FROM documents o GROUP BY day

