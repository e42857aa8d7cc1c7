-- Aggregates, window functions, grouping and what orders rows.
CREATE TABLE sale (
    id serial PRIMARY KEY,
    shop integer NOT NULL,
    item text NOT NULL,
    price numeric(8, 2),
    qty smallint,
    sold date,
    at timestamptz,
    took interval,
    extra jsonb,
    ok boolean,
    w double precision,
    UNIQUE (shop, item)
);

CREATE TABLE shop (id integer PRIMARY KEY, name text NOT NULL, city text, region text);

CREATE TABLE nokey (a integer, b text);

CREATE TABLE combo (x integer, y integer, z text, u integer UNIQUE NOT NULL, PRIMARY KEY (x, y));

SELECT count(*), count(id), count(DISTINCT item), sum(id), sum(qty), sum(price), sum(w), sum(took), avg(id), avg(price), avg(took), min(item), max(sold), min(at), bool_and(ok), every(ok), bit_and(id), bit_or(qty), string_agg(item, ','), array_agg(item), array_agg(price), json_agg(item), jsonb_agg(sale), json_object_agg(item, price), stddev(price), variance(w), corr(w, w), regr_slope(w, id), count(sale) FROM sale;

SELECT sum(item) FROM sale;

SELECT sum(ok) FROM sale;

SELECT avg(sold) FROM sale;

SELECT max(ok) FROM sale;

SELECT max(extra) FROM sale;

SELECT min('a'), max(NULL), sum('1'), count('x') FROM sale;

SELECT max(NULL::integer), sum(NULL) FROM sale;

SELECT string_agg(id, ',') FROM sale;

SELECT string_agg(item) FROM sale;

SELECT string_agg(item, ',' ORDER BY id), string_agg(DISTINCT item, ',' ORDER BY item), array_agg(id ORDER BY price DESC NULLS LAST, id), array_agg(DISTINCT id), json_agg(id ORDER BY id) FROM sale;

SELECT string_agg(DISTINCT item, ',' ORDER BY id) FROM sale;

SELECT string_agg(DISTINCT item, ',' ORDER BY item, ',') FROM sale;

SELECT string_agg(item, ',' ORDER BY 1) FROM sale;

SELECT string_agg(item, ',' ORDER BY nosuch) FROM sale;

SELECT count(DISTINCT *) FROM sale;

SELECT count() FROM sale;

SELECT count(id, item) FROM sale;

SELECT count(DISTINCT extra::json) FROM sale;

SELECT array_agg(extra::json ORDER BY extra::json) FROM sale;

SELECT json_object_agg(DISTINCT item, price) FROM sale;

SELECT sum(DISTINCT id ORDER BY id), sum(ALL id) FROM sale;

SELECT count(*) FILTER (WHERE ok), sum(id) FILTER (WHERE id > 1 AND item LIKE 'a'), count(*) FILTER (WHERE NULL) FROM sale;

SELECT count(*) FILTER (WHERE id) FROM sale;

SELECT count(*) FILTER (WHERE sum(id) > 1) FROM sale;

SELECT count(*) FILTER (WHERE rank() OVER () > 1) FROM sale;

SELECT sum(sum(id)) FROM sale;

SELECT sum(count(*) OVER ()) FROM sale;

SELECT count(*) FROM sale WHERE sum(id) > 1;

SELECT id FROM sale WHERE rank() OVER () = 1;

SELECT id FROM sale JOIN shop ON sum(sale.id) = 1;

SELECT count(*) FROM sale GROUP BY sum(id);

SELECT id FROM sale LIMIT sum(1);

SELECT id FROM sale LIMIT id;

SELECT id FROM sale LIMIT (SELECT count(*) FROM sale);

SELECT id FROM sale OFFSET item;

SELECT id FROM sale LIMIT 'a';

SELECT id FROM sale LIMIT 1.5 OFFSET '2';

SELECT id FROM sale LIMIT NULL OFFSET NULL;

SELECT * FROM generate_series(1, sum(1));

SELECT * FROM (SELECT 1) s, LATERAL (SELECT sum(s."?column?")) u;

SELECT (SELECT sum(s.id)) FROM sale s;

SELECT (SELECT sum(s.id) FROM shop) FROM sale s;

SELECT (SELECT sum(s.id) FROM shop), s.id FROM sale s;

SELECT (SELECT count(*) FROM shop WHERE shop.id = sum(s.id)) FROM sale s;

SELECT (SELECT sum(s.id + shop.id) FROM shop) FROM sale s;

SELECT id FROM sale s WHERE EXISTS (SELECT 1 FROM shop HAVING sum(s.id) > 1);

SELECT shop, count(*) FROM sale s GROUP BY shop HAVING EXISTS (SELECT 1 FROM shop WHERE shop.id = sum(s.id));

SELECT shop FROM sale s GROUP BY shop HAVING (SELECT count(*) FROM shop h WHERE h.id = s.shop) > 1;

SELECT shop FROM sale s GROUP BY shop HAVING (SELECT count(*) FROM shop h WHERE h.id = s.id) > 1;

SELECT shop, item FROM sale GROUP BY shop;

SELECT shop, (SELECT item) FROM sale GROUP BY shop;

SELECT sale.* FROM sale GROUP BY id;

SELECT sale.*, count(*) FROM sale GROUP BY shop, item;

SELECT sale FROM sale GROUP BY id;

SELECT sale FROM sale GROUP BY shop;

SELECT s.id, s.item, h.name, count(*) FROM sale s JOIN shop h ON h.id = s.shop GROUP BY s.id, h.id;

SELECT s.item, h.name FROM sale s JOIN shop h ON h.id = s.shop GROUP BY s.id;

SELECT x, y, z, u FROM combo GROUP BY x, y;

SELECT x, z FROM combo GROUP BY x;

SELECT x FROM combo GROUP BY u;

SELECT a, b FROM nokey GROUP BY a;

SELECT a + 1, count(*) FROM nokey GROUP BY a;

SELECT a + 1, count(*) FROM nokey GROUP BY a + 1;

SELECT a + 2, count(*) FROM nokey GROUP BY a + 1;

SELECT a + 1 + 1, count(*) FROM nokey GROUP BY a + 1;

SELECT (a + 1) * 2, upper(b) || 'x' FROM nokey GROUP BY a + 1, upper(b);

SELECT a FROM nokey GROUP BY 1;

SELECT a, b FROM nokey GROUP BY 1, 2;

SELECT a FROM nokey GROUP BY 2;

SELECT a FROM nokey GROUP BY 0;

SELECT a FROM nokey GROUP BY 'x';

SELECT a FROM nokey GROUP BY 1.5;

SELECT a FROM nokey GROUP BY NULL;

SELECT a AS b FROM nokey GROUP BY b;

SELECT a AS c FROM nokey GROUP BY c;

SELECT a AS c, b AS c FROM nokey GROUP BY c;

SELECT a AS c, a AS c FROM nokey GROUP BY c;

SELECT a AS c FROM nokey GROUP BY c + 1;

SELECT count(*) AS c FROM nokey GROUP BY c;

SELECT a FROM nokey GROUP BY nokey.a, nosuch;

SELECT a, count(*) FROM nokey GROUP BY ();

SELECT count(*) FROM nokey GROUP BY ();

SELECT 1 FROM nokey GROUP BY a HAVING b = 'x';

SELECT 1 FROM nokey HAVING true;

SELECT a FROM nokey HAVING true;

SELECT count(*) FROM nokey HAVING a > 1;

SELECT count(*) FROM nokey HAVING count(*);

SELECT count(*) FROM nokey HAVING count(*) > 1;

SELECT a AS z FROM nokey GROUP BY a HAVING z > 1;

SELECT a FROM nokey GROUP BY a ORDER BY b;

SELECT a FROM nokey GROUP BY a ORDER BY count(*), sum(length(b));

SELECT count(*) FROM nokey ORDER BY a;

SELECT extra::json FROM sale GROUP BY 1;

SELECT sale.extra::json FROM sale ORDER BY 1;

SELECT shop, item, count(*), GROUPING(shop), GROUPING(shop, item) FROM sale GROUP BY ROLLUP (shop, item);

SELECT shop, item FROM sale GROUP BY CUBE (shop, item), sold;

SELECT shop, item, sum(price) FROM sale GROUP BY GROUPING SETS ((shop), (item), ());

SELECT shop, item, sold FROM sale GROUP BY GROUPING SETS (ROLLUP (shop, item), CUBE (sold));

SELECT shop FROM sale GROUP BY GROUPING SETS ((shop, item), item), GROUPING SETS (sold, ());

SELECT shop, price FROM sale GROUP BY ROLLUP (shop);

SELECT id, price FROM sale GROUP BY ROLLUP (id);

SELECT id, price FROM sale GROUP BY id, ROLLUP (shop);

SELECT shop FROM sale GROUP BY DISTINCT ROLLUP (shop, item), ROLLUP (shop, sold);

SELECT GROUPING(item) FROM sale GROUP BY shop;

SELECT GROUPING(shop + 1) FROM sale GROUP BY shop;

SELECT GROUPING(shop + 1) FROM sale GROUP BY shop + 1;

SELECT shop FROM sale WHERE GROUPING(shop) = 1 GROUP BY shop;

SELECT shop FROM sale GROUP BY shop HAVING GROUPING(shop) = 0 ORDER BY GROUPING(shop);

SELECT (SELECT GROUPING(s.shop)) FROM sale s GROUP BY s.shop;

SELECT sum(GROUPING(shop)) FROM sale GROUP BY shop;

SELECT shop FROM sale GROUP BY CUBE (shop, item, sold, at, took, ok, qty, w, price, id, shop, item, sold);

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price), percentile_cont(0.5) WITHIN GROUP (ORDER BY took), percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY w), percentile_disc(0.5) WITHIN GROUP (ORDER BY item), percentile_disc(ARRAY[0.1]) WITHIN GROUP (ORDER BY id DESC), mode() WITHIN GROUP (ORDER BY sold), rank(1) WITHIN GROUP (ORDER BY id), dense_rank(1, 'a') WITHIN GROUP (ORDER BY id, item), percent_rank(1.5) WITHIN GROUP (ORDER BY price), cume_dist('a') WITHIN GROUP (ORDER BY item) FROM sale;

SELECT percentile_cont(0.5) FROM sale;

SELECT percentile_cont() WITHIN GROUP (ORDER BY w) FROM sale;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY item) FROM sale;

SELECT percentile_cont(id) WITHIN GROUP (ORDER BY w) FROM sale;

SELECT percentile_cont(shop) WITHIN GROUP (ORDER BY w) FROM sale GROUP BY shop;

SELECT percentile_cont(0.5, 0.6) WITHIN GROUP (ORDER BY w) FROM sale;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY w, id) FROM sale;

SELECT percentile_cont(DISTINCT 0.5) WITHIN GROUP (ORDER BY w) FROM sale;

SELECT mode() FROM sale;

SELECT mode(1) WITHIN GROUP (ORDER BY id) FROM sale;

SELECT rank() WITHIN GROUP (ORDER BY id) FROM sale;

SELECT rank(1, 2) WITHIN GROUP (ORDER BY id) FROM sale;

SELECT rank('x') WITHIN GROUP (ORDER BY item) FROM sale;

SELECT rank('x'::text) WITHIN GROUP (ORDER BY id) FROM sale;

SELECT rank(1) FROM sale;

SELECT sum(id) WITHIN GROUP (ORDER BY id) FROM sale;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY w) OVER () FROM sale;

SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY w) FILTER (WHERE ok) FROM sale;

SELECT percentile_cont(sum(1)) WITHIN GROUP (ORDER BY w) FROM sale;

SELECT percentile_cont(VARIADIC ARRAY[0.5]) WITHIN GROUP (ORDER BY w) FROM sale;

SELECT string_agg(item, ',' ORDER BY id) WITHIN GROUP (ORDER BY id) FROM sale;

SELECT row_number() OVER (), rank() OVER (ORDER BY id), dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, ntile(4) OVER w, lag(item) OVER w, lag(price, 2) OVER w, lag(price, 2, 0) OVER w, lead(sold) OVER w, first_value(item) OVER w, last_value(price) OVER w, nth_value(id, 2) OVER w, sum(id) OVER w, count(*) OVER w, avg(price) OVER w, array_agg(item) OVER w, sum(id) FILTER (WHERE ok) OVER w FROM sale WINDOW w AS (PARTITION BY shop ORDER BY sold);

SELECT lag(price, 2, 'x') OVER () FROM sale;

SELECT lag(item, 1, 2) OVER () FROM sale;

SELECT lag(id, 1, 2.5) OVER (), lag(price, 1, 2) OVER () FROM sale;

SELECT rank() FROM sale;

SELECT rank() OVER w FROM sale;

SELECT rank() OVER (w) FROM sale WINDOW w AS (ORDER BY id);

SELECT rank() OVER (w ORDER BY item) FROM sale WINDOW w AS (PARTITION BY shop);

SELECT rank() OVER (w ORDER BY item) FROM sale WINDOW w AS (ORDER BY id);

SELECT rank() OVER (w PARTITION BY item) FROM sale WINDOW w AS (ORDER BY id);

SELECT rank() OVER (w) FROM sale WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);

SELECT sum(id) OVER w FROM sale WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);

SELECT sum(id) OVER (w ROWS 1 PRECEDING) FROM sale WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);

SELECT sum(id) OVER v FROM sale WINDOW w AS (ORDER BY id), v AS (w ROWS 2 PRECEDING);

SELECT sum(id) OVER v FROM sale WINDOW v AS (w), w AS (ORDER BY id);

SELECT 1 FROM sale WINDOW w AS (ORDER BY id), w AS (ORDER BY shop);

SELECT 1 FROM sale WINDOW w AS (ORDER BY nosuch);

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), sum(id) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND 2 FOLLOWING), sum(id) OVER (ORDER BY price RANGE 1.5 PRECEDING), sum(id) OVER (ORDER BY sold RANGE BETWEEN '1 day' PRECEDING AND INTERVAL '1 day' FOLLOWING), sum(id) OVER (ORDER BY at RANGE '1 day' PRECEDING), sum(id) OVER (ORDER BY w RANGE 1 PRECEDING), sum(id) OVER (ORDER BY sold GROUPS 1 PRECEDING), sum(id) OVER (ORDER BY sold GROUPS BETWEEN CURRENT ROW AND 2 FOLLOWING EXCLUDE TIES), sum(id) OVER (ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) FROM sale;

SELECT sum(id) OVER (RANGE 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id, shop RANGE 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY item RANGE 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY item RANGE UNBOUNDED PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id RANGE 'x' PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id RANGE item PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id RANGE 1.5 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY sold RANGE 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (GROUPS 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS id PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS 1.5 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS 'x' PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS sum(1) PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM sale;

SELECT sum(id) OVER (ORDER BY 1), rank() OVER (PARTITION BY 1 ORDER BY 'a') FROM sale;

SELECT sum(DISTINCT id) OVER () FROM sale;

SELECT array_agg(id ORDER BY id) OVER () FROM sale;

SELECT rank(DISTINCT) OVER () FROM sale;

SELECT lag(DISTINCT id) OVER () FROM sale;

SELECT row_number() FILTER (WHERE ok) OVER () FROM sale;

SELECT sum(rank() OVER ()) OVER () FROM sale;

SELECT sum(sum(id)) OVER (), rank() OVER (ORDER BY sum(id)), sum(count(*)) OVER (PARTITION BY shop) FROM sale GROUP BY shop;

SELECT rank() OVER (ORDER BY item) FROM sale GROUP BY shop;

SELECT rank() OVER (PARTITION BY rank() OVER ()) FROM sale;

SELECT shop FROM sale GROUP BY rank() OVER ();

SELECT shop FROM sale GROUP BY shop HAVING rank() OVER () = 1;

SELECT shop FROM sale ORDER BY rank() OVER (ORDER BY id), sum(id) OVER ();

SELECT DISTINCT rank() OVER (ORDER BY id) FROM sale;

SELECT rank() OVER (ORDER BY extra::json) FROM sale;

SELECT abs(id) OVER () FROM sale;

SELECT nosuch(id) OVER () FROM sale;

SELECT row_number() OVER (ORDER BY (SELECT 1)), (SELECT rank() OVER (ORDER BY s.id)) FROM sale s;

SELECT ntile('x') OVER () FROM sale;

SELECT ntile(1.5) OVER () FROM sale;

SELECT nth_value(id) OVER () FROM sale;

SELECT first_value(id) IGNORE NULLS OVER () FROM sale;

SELECT id FROM sale ORDER BY 1, item DESC, price NULLS FIRST, sold ASC NULLS LAST, id + 1, lower(item), price USING <, item USING >;

SELECT id FROM sale ORDER BY 2;

SELECT id FROM sale ORDER BY 0;

SELECT id FROM sale ORDER BY -1;

SELECT id FROM sale ORDER BY 'a';

SELECT id FROM sale ORDER BY 'id';

SELECT id FROM sale ORDER BY 1.5;

SELECT id FROM sale ORDER BY 1 + 1, NULL;

SELECT id AS item FROM sale ORDER BY item;

SELECT id AS z FROM sale ORDER BY z;

SELECT id AS z FROM sale ORDER BY z + 1;

SELECT id AS z, item AS z FROM sale ORDER BY z;

SELECT id AS z, id AS z FROM sale ORDER BY z;

SELECT id z, item FROM sale ORDER BY sale.z;

SELECT id FROM sale ORDER BY nosuch;

SELECT id FROM sale ORDER BY itme;

SELECT id FROM sale ORDER BY price USING +;

SELECT id FROM sale ORDER BY price USING =;

SELECT id FROM sale ORDER BY price USING nosuch.<;

SELECT id FROM sale ORDER BY item USING ~<~, item USING operator(pg_catalog.<);

SELECT id FROM sale ORDER BY extra, took, ok, sale;

SELECT id FROM sale ORDER BY extra::json;

SELECT id FROM sale ORDER BY point(1, 2);

SELECT id FROM sale ORDER BY '<a/>'::xml;

SELECT DISTINCT shop, item FROM sale ORDER BY item;

SELECT DISTINCT shop FROM sale ORDER BY item;

SELECT DISTINCT shop FROM sale ORDER BY shop + 1;

SELECT DISTINCT shop + 1 FROM sale ORDER BY shop + 1;

SELECT DISTINCT shop AS s FROM sale ORDER BY s, sale.shop;

SELECT DISTINCT extra::json FROM sale;

SELECT DISTINCT * FROM sale;

SELECT DISTINCT count(*) FROM sale GROUP BY shop ORDER BY count(*);

SELECT DISTINCT 'a', NULL, 1 FROM sale;

SELECT DISTINCT ON (shop) id, item FROM sale ORDER BY shop, id;

SELECT DISTINCT ON (shop) id FROM sale ORDER BY id;

SELECT DISTINCT ON (shop, item) id FROM sale ORDER BY item, shop, id;

SELECT DISTINCT ON (shop, item) id FROM sale ORDER BY shop, id, item;

SELECT DISTINCT ON (1) id, item FROM sale;

SELECT DISTINCT ON (3) id FROM sale;

SELECT DISTINCT ON (shop + 1) id FROM sale ORDER BY shop + 1;

SELECT DISTINCT ON (z) id AS z FROM sale;

SELECT DISTINCT ON (nosuch) id FROM sale;

SELECT DISTINCT ON (sum(id)) shop FROM sale GROUP BY shop;

SELECT DISTINCT ON (rank() OVER ()) id FROM sale;

SELECT DISTINCT ON (extra::json) id FROM sale;

SELECT id FROM sale FETCH FIRST 3 ROWS WITH TIES;

SELECT id FROM sale ORDER BY id FETCH FIRST 3 ROWS WITH TIES;

SELECT id FROM sale ORDER BY id FETCH FIRST ROW ONLY;

SELECT id FROM sale ORDER BY id FETCH NEXT (1 + 1) ROWS ONLY OFFSET 2 ROWS;

SELECT id FROM sale FOR UPDATE;

SELECT id FROM sale s FOR UPDATE OF s;

SELECT id FROM sale s FOR UPDATE OF sale;

SELECT id FROM sale FOR UPDATE OF nosuch;

SELECT id FROM sale FOR UPDATE OF public.sale;

SELECT id FROM sale FOR NO KEY UPDATE NOWAIT, sale x;

SELECT s.id FROM sale s, shop h FOR SHARE OF s FOR UPDATE OF h SKIP LOCKED;

SELECT s.id FROM sale s LEFT JOIN shop h ON true FOR KEY SHARE;

SELECT DISTINCT id FROM sale FOR UPDATE;

SELECT shop FROM sale GROUP BY shop FOR UPDATE;

SELECT count(*) FROM sale FOR UPDATE;

SELECT shop FROM sale HAVING true FOR UPDATE;

SELECT rank() OVER () FROM sale FOR UPDATE;

SELECT generate_series(1, 2) FROM sale FOR UPDATE;

SELECT id FROM sale UNION SELECT id FROM shop FOR UPDATE;

SELECT id FROM sale FOR UPDATE UNION SELECT 1;

(SELECT id FROM sale FOR UPDATE) UNION SELECT 1;

VALUES (1) FOR UPDATE;

SELECT * FROM (SELECT id FROM sale) s FOR UPDATE;

SELECT * FROM (SELECT DISTINCT id FROM sale) s FOR UPDATE;

SELECT * FROM (VALUES (1)) v FOR UPDATE;

SELECT * FROM (VALUES (1)) v FOR UPDATE OF v;

SELECT * FROM generate_series(1, 2) g FOR UPDATE OF g;

SELECT * FROM sale JOIN shop ON true FOR UPDATE OF unnamed_join;

SELECT * FROM (sale JOIN shop ON true) j FOR UPDATE OF j;

SELECT 1 FOR UPDATE;

WITH c AS (SELECT * FROM sale) SELECT * FROM c FOR UPDATE;

WITH c AS (SELECT * FROM sale) SELECT * FROM c FOR UPDATE OF c;

SELECT id FROM sale LIMIT 1 FOR UPDATE;

SELECT id FROM sale FOR UPDATE LIMIT 1;

SELECT (SELECT id FROM sale LIMIT 1 FOR UPDATE);

SELECT * FROM sale TABLESAMPLE system (10), shop TABLESAMPLE bernoulli (1.5) REPEATABLE (3);

SELECT * FROM sale TABLESAMPLE nosuch (10);

SELECT * FROM sale TABLESAMPLE system ();

SELECT * FROM sale TABLESAMPLE system ('x');

SELECT * FROM sale TABLESAMPLE system (1, 2);

SELECT * FROM sale TABLESAMPLE system (id);

SELECT * FROM sale TABLESAMPLE system (10) REPEATABLE ('x'::text);

SELECT * FROM (SELECT 1) s TABLESAMPLE system (1);

SELECT * FROM sale s TABLESAMPLE system (sum(1));
