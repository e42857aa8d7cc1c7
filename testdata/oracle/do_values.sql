-- What expressions give in bodies: each value is a column's name afterwards.
CREATE TABLE seen (id int);

CREATE FUNCTION saw(what text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE seen ADD COLUMN %I int', what); END $$;

DO $$ DECLARE e text; BEGIN
 FOREACH e IN ARRAY ARRAY[
  quote_ident('a b'), quote_literal('it''s'), quote_literal(E'back\\slash'), quote_nullable(NULL), format('%s-%I-%L', 'x', 'Y z', 'q'''),
  format('%2$s %1$s', 'one', 'two'), format('100%%'), concat('a', NULL, 1, true), concat_ws(',', 'a', NULL, 'b'), lower('ABC'), upper('abc'),
  replace('aaa', 'a', 'bb'), length('hello')::text, substring('hello' from 2 for 3), substr('hello', -1, 4), left('hello', -2), right('hello', 2), right('hello', -2),
  strpos('hello', 'l')::text, position('lo' in 'hello')::text, split_part('a,b,c', ',', 2), split_part('a,b', ',', 5), btrim('  x  '), ltrim('xxy', 'x'), rtrim('yxx', 'x') || '2',
  array_to_string(ARRAY['p', NULL, 'q'], '+'), array_length(ARRAY[1,2,3], 1)::text || 'len', cardinality(ARRAY[1,2]) || 'card', (string_to_array('k|l|m', '|'))[2], (7 / 2)::text || 'div', (7 % 4) || 'mod', (-7 / 2) || 'neg', 2 * 3 + 1 || 'calc',
  CASE WHEN 'abc' LIKE 'a%c' THEN 'like' ELSE 'unlike' END, CASE WHEN 'abc' LIKE 'a_d' THEN 'bad' ELSE 'nolike' END, CASE WHEN 'ABC' ILIKE 'abc' THEN 'ilike' ELSE 'noilike' END, CASE WHEN 'abc' ~ '^ab' THEN 'regex' ELSE 'noregex' END, CASE WHEN 'abc' !~ 'b$' THEN 'notregex' ELSE 'isregex' END,
  coalesce(NULL, 'coalesced'), nullif('same', 'same') IS NULL || 'nullif', 'int4'::regtype::text || 't', 'seen'::regclass::text || 'c', 'pg_class'::regclass || 'pc', 5::text || 'five', 'x' || 5 || 'y', true::text || 'b', false || 'fb',
  CASE 3 WHEN 1 THEN 'one_' WHEN 3 THEN 'three_' END, CASE WHEN 2 BETWEEN 1 AND 3 THEN 'between' END, CASE WHEN 'b' IN ('a', 'b') THEN 'in_list' END, CASE WHEN 'z' NOT IN ('a', 'b') THEN 'not_in_list' END, CASE WHEN NULL = 1 THEN 'x1' ELSE 'null_cmp' END, CASE WHEN (NULL IS NULL) THEN 'isnull' END, CASE WHEN (1 IS DISTINCT FROM NULL) THEN 'distinct' END, CASE WHEN 3 = ANY (ARRAY[1,3]) THEN 'any_arr' END, CASE WHEN 3 <> ALL (ARRAY[1,2]) THEN 'all_arr' END,
  (ARRAY['first','second'])[1], 'trunc'::varchar(10), 'seven'::name, 12.50::text, ('{x1,y1}'::text[] || 'z1'::text)[3] , array_upper(ARRAY[4,5], 1) || 'up', current_schema() || '_cs', starts_with('prefix', 'pre') || 'sw', (ARRAY['n1','n2'] || 'n3'::text)[3], format_type(1043, 14), format_type('int4'::regtype, NULL) || 'ft', char_length('abcd') || 'cl',
  to_regclass('seen')::text || 'tr', (SELECT count(*) FROM generate_series(1, 4)) || 'cnt', (SELECT string_agg(x, '/') FROM unnest(ARRAY['u','v']) x), (SELECT array_to_string(array_agg(x), '-') FROM unnest(ARRAY['g','h']) x)
 ] LOOP
  PERFORM saw('_' || e);
 END LOOP;
END $$;

SELECT * FROM seen;
