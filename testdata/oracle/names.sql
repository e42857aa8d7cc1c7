-- A typo in each place a name can stand, quoting, case folding, truncation, search_path.
CREATE SCHEMA app;

CREATE TYPE app.level AS ENUM ('low', 'mid', 'high');

CREATE TYPE app.money_amount AS (amount numeric, currency char(3));

CREATE DOMAIN app.slug AS text CHECK (VALUE ~ '^[a-z]+$');

CREATE TABLE app.users (
    user_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_name text NOT NULL,
    "firstName" text,
    "Last Name" text,
    lvl app.level NOT NULL DEFAULT 'low',
    balance app.money_amount,
    slug app.slug UNIQUE
);

CREATE TABLE app.orders (
    order_id bigint PRIMARY KEY,
    user_id bigint REFERENCES app.users,
    placed_at timestamptz NOT NULL DEFAULT now(),
    total numeric(10, 2),
    CONSTRAINT positive_total CHECK (total >= 0)
);

CREATE FUNCTION app.full_name(u app.users) RETURNS text LANGUAGE sql AS 'SELECT u.user_name';

CREATE FUNCTION app.add_tax(amount numeric, rate numeric DEFAULT 0.2) RETURNS numeric LANGUAGE sql AS 'SELECT amount * (1 + rate)';

CREATE TABLE public.users (id integer, note text);

CREATE TABLE "select" ("from" integer, "where" text, "Group" date);

CREATE TABLE a_table_with_a_name_that_is_longer_than_the_sixty_three_bytes_allowed (a_column_with_a_name_that_is_longer_than_the_sixty_three_bytes_allowed integer);

SELECT * FROM users;

SELECT * FROM app.users;

SELECT * FROM app.user;

SELECT * FROM ap.users;

SELECT * FROM App.Users;

SELECT * FROM "App".users;

SELECT * FROM app."Users";

SELECT user_id FROM users;

SELECT id FROM app.users;

SELECT userid FROM app.users;

SELECT usr_name FROM app.users;

SELECT firstName FROM app.users;

SELECT "firstName", "Last Name" FROM app.users;

SELECT firstname FROM app.users;

SELECT "First Name" FROM app.users;

SELECT u.firstName FROM app.users u;

SELECT users.user_nam FROM app.users;

SELECT app.users.user_nam FROM app.users;

SELECT app.users.user_name FROM app.users;

SELECT public.users.user_name FROM app.users;

SELECT app.users.user_name FROM app.users u;

SELECT users.user_name FROM app.users u;

SELECT orders.total FROM app.users;

SELECT o.total FROM app.users u;

SELECT u.total, o.total FROM app.users u, app.orders o;

SELECT user_id FROM app.users u, app.orders o;

SELECT user_id FROM app.users u JOIN app.orders o ON u.user_id = o.user_id;

SELECT user_id FROM app.users u JOIN app.orders o USING (user_id);

SELECT * FROM app.users u JOIN app.orders o USING (userid);

SELECT * FROM app.users u JOIN app.orders o ON u.user_id = o.userid;

SELECT * FROM app.users WHERE user_nmae = 'x';

SELECT * FROM app.users WHERE users.usr_id = 1;

SELECT * FROM app.users GROUP BY user_nmae;

SELECT lvl, count(*) FROM app.users GROUP BY lvl HAVING cnt > 1;

SELECT lvl, count(*) AS cnt FROM app.users GROUP BY lvl HAVING cnt > 1;

SELECT lvl, count(*) AS cnt FROM app.users GROUP BY lvl ORDER BY cntt;

SELECT * FROM app.users ORDER BY user_nmae;

SELECT user_name AS n FROM app.users WHERE n = 'x';

SELECT user_name AS n, n || 'x' FROM app.users;

SELECT user_name AS n FROM app.users ORDER BY n;

SELECT user_name AS n FROM app.users ORDER BY upper(n);

SELECT rank() OVER (ORDER BY user_nmae) FROM app.users;

SELECT rank() OVER win FROM app.users WINDOW w AS (ORDER BY user_id);

SELECT rank() OVER (PARTITION BY nosuch) FROM app.users;

SELECT DISTINCT ON (user_nmae) * FROM app.users;

SELECT (balance).amount, (users.balance).currency, (app.users.balance).amount FROM app.users;

SELECT (balance).amout FROM app.users;

SELECT balance.amount FROM app.users;

SELECT (u.balance).* FROM app.users u;

SELECT 'low'::level;

SELECT 'low'::app.level, 'lo'::app.level;

SELECT 'low'::app.levels;

SELECT 'low'::apps.level;

SELECT NULL::app.slug, NULL::app.users, NULL::users, NULL::app.money_amount;

SELECT NULL::app.level[], 'x'::app."Level";

SELECT 1::int, 1::INT4, 1::"int4", 1::pg_catalog.int4, 1::pg_catalog.integer;

SELECT 1::integr;

SELECT 1::"integer";

SELECT 1::"INTEGER";

SELECT 'x'::strng(3);

SELECT app.full_name(u), u.full_name FROM app.users u;

SELECT app.full_name(u), (u).user_name FROM app.users u;

SELECT full_name(u) FROM app.users u;

SELECT app.fullname(u) FROM app.users u;

SELECT app.add_tax(1), app.add_tax(1, 0.1), app.add_tax(amount => 1), app.add_tax(1, rate => 2);

SELECT app.add_tax(1, rat => 2);

SELECT app.add_tax(amout => 1);

SELECT add_tax(1);

SELECT apps.add_tax(1);

SELECT app.upper('x');

SELECT pg_catalog.upper('x'), uper('x');

SELECT UPPER('x'), "upper"('x'), "UPPER"('x');

SELECT count(*), cout(*) FROM app.users;

SELECT user_name OPERATOR(app.=) 'x' FROM app.users;

SELECT user_name COLLATE "nosuch" FROM app.users;

SELECT user_name COLLATE app."C" FROM app.users;

SELECT user_name COLLATE C FROM app.users;

SELECT * FROM "select";

SELECT "from", "where", "Group" FROM "select";

SELECT group FROM "select";

SELECT "group" FROM "select";

SELECT "select".from FROM "select";

SELECT "select"."from" FROM "select";

SELECT s.from FROM "select" s;

SELECT * FROM select;

SELECT a_column_with_a_name_that_is_longer_than_the_sixty_three_bytes_allowed FROM a_table_with_a_name_that_is_longer_than_the_sixty_three_bytes_allowed;

SELECT a_table_with_a_name_that_is_longer_than_the_sixty_three_bytes_and_more.a_column_with_a_name_that_is_longer_than_the_sixty_three_bytes_and_x FROM a_table_with_a_name_that_is_longer_than_the_sixty_three_bytes_allowed;

SELECT 1 AS an_alias_that_is_longer_than_the_sixty_three_bytes_that_a_name_may_have, 2 AS "an alias that is longer than the sixty three bytes that a name may have";

SELECT 1 AS élan, 'ß' AS "Größe", 2 AS ÄB;

SELECT Ünknown FROM app.users;

SELECT 'äöü', nosuch FROM app.users;

SELECT 1 AS "", 2 AS x;

SELECT "" FROM app.users;

SELECT 1 AS "a""b", 2 AS U&"d\0061ta", 3 AS U&"d!0061ta" UESCAPE '!';

SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS "A";

INSERT INTO app.users (username) VALUES ('x');

INSERT INTO app.users (user_name, firstName) VALUES ('x', 'y');

INSERT INTO app.users (user_name, "firstName") VALUES ('x', 'y') RETURNING userid;

INSERT INTO app.users (user_name, lvl) VALUES ('x', 'medium');

INSERT INTO app.user (user_name) VALUES ('x');

INSERT INTO app.users (user_name, balance.amout) VALUES ('x', 1);

INSERT INTO app.users (user_name) VALUES ('x') ON CONFLICT (slg) DO NOTHING;

INSERT INTO app.users (user_name) VALUES ('x') ON CONFLICT (slug) DO UPDATE SET usr_name = 'x';

INSERT INTO app.users (user_name) VALUES ('x') ON CONFLICT (slug) DO UPDATE SET user_name = excluded.usr_name;

INSERT INTO app.users (user_name) VALUES ('x') ON CONFLICT (slug) DO UPDATE SET user_name = exclude.user_name;

INSERT INTO app.users (user_name) VALUES ('x') ON CONFLICT ON CONSTRAINT users_slug_keey DO NOTHING;

INSERT INTO app.users (user_name) VALUES ('x') ON CONFLICT ON CONSTRAINT users_slug_key DO NOTHING;

UPDATE app.users SET username = 'x';

UPDATE app.users SET user_name = usr_name;

UPDATE app.users SET user_name = 'x' WHERE userid = 1;

UPDATE app.users SET lvl = 'hihg';

UPDATE app.users SET balance.amont = 1;

UPDATE app.users u SET user_name = 'x' WHERE users.user_id = 1;

UPDATE app.users u SET user_name = o.totl FROM app.orders o;

UPDATE app.users u SET user_name = p.total FROM app.orders o;

UPDATE app.usrs SET user_name = 'x';

DELETE FROM app.users WHERE usrid = 1;

DELETE FROM app.users USING app.order WHERE true;

DELETE FROM app.users RETURNING user_nam;

WITH recent AS (SELECT * FROM app.orders) SELECT totl FROM recent;

WITH recent AS (SELECT * FROM app.orders) SELECT * FROM recnt;

WITH recent(a, b) AS (SELECT order_id, total FROM app.orders) SELECT total FROM recent;

SELECT s.totl FROM (SELECT total FROM app.orders) s;

SELECT totl FROM (SELECT total FROM app.orders) s;

SELECT (SELECT totl FROM app.orders LIMIT 1);

SELECT EXISTS (SELECT 1 FROM app.orders WHERE usr_id = 1);

SELECT * FROM app.users u, LATERAL (SELECT * FROM app.orders o WHERE o.user_id = u.userid) s;

SELECT g.nosuch FROM generate_series(1, 2) g;

SELECT * FROM genrate_series(1, 2);

SELECT * FROM app.add_tx(1);

SELECT x FROM json_to_record('{}') AS r(y integer);

SELECT x FROM json_to_record('{}') AS r(x integr);

SELECT * FROM app.users FOR UPDATE OF usr;

SELECT * FROM app.users TABLESAMPLE bernouli (1);

SELECT extract(yer FROM now());

SELECT extract('yer' FROM now());

SELECT date_trunc('yer', now());

SELECT interval '1 yer';

SELECT now() AT TIME ZONE 'Mars/Olympus';

SELECT current_setting('nosuch');

SELECT nextval('app.users_user_id_seq'), nextval('app.nosuch_seq');

SELECT 'app.users'::regclass, 'app.nosuch'::regclass;

SELECT 'app.full_name'::regproc, 'upper'::regproc;

SELECT 'app.add_tax(numeric, numeric)'::regprocedure, 'app.level'::regtype, 'integr'::regtype;

SELECT tableoid, ctid, nosuchoid FROM app.users;

SET search_path = app, public;

SELECT * FROM users;

SELECT * FROM public.users;

SELECT full_name(users), users.full_name, add_tax(1), 'low'::level FROM users;

SELECT * FROM orders JOIN users USING (user_id);

SELECT id FROM users;

INSERT INTO users (note) VALUES ('x');

CREATE TABLE here (id level);

SELECT * FROM app.here;

SET search_path = public;

SELECT * FROM here;

SELECT * FROM app.here;

SET search_path = app, pg_catalog;

CREATE FUNCTION upper(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';

SELECT upper('x'), upper('x'::varchar);

SET search_path = pg_catalog, app;

SELECT upper('x');

SET search_path = "$user", public;

SELECT upper('x');

CREATE TABLE pg_class (mine integer);

SELECT * FROM pg_class LIMIT 1;

SELECT mine FROM public.pg_class;

SELECT mine FROM pg_class;

SET search_path = public, pg_catalog;

SELECT mine FROM pg_class;

RESET search_path;

SELECT mine FROM pg_class;

SET search_path = app;

CREATE TEMP TABLE users (temporary integer);

SELECT * FROM users;

SELECT temporary FROM pg_temp.users;

SELECT * FROM pg_temp.nosuch;

SELECT pg_temp.upper('x');

DROP TABLE users;

SELECT * FROM users;
